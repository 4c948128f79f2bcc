import { describe, expect, test } from "vitest";
import { problemOfAddress, requireAddress } from "../../src/services/webhooks/address.ts";

describe("in production", () => {
  test.each([
    ["https://shop.example/hooks?to=a", "https://shop.example/hooks?to=a"],
    ["HTTPS://Shop.Example:443", "https://shop.example/"],
    ["https://bücher.example", "https://xn--bcher-kva.example/"],
    ["https://shop.example:8443/", "https://shop.example:8443/"],
    ["https://8.8.8.8/", "https://8.8.8.8/"],
    ["https://100.128.0.1/", "https://100.128.0.1/"],
    ["https://172.32.0.1/", "https://172.32.0.1/"],
    ["https://[2606:4700::6810:85e5]/", "https://[2606:4700::6810:85e5]/"],
    ["https://[2001:4860:4860::8888]/", "https://[2001:4860:4860::8888]/"],
    ["https://localhost.example/", "https://localhost.example/"],
    ["https://internal.example/", "https://internal.example/"],
  ])("%s is taken", (given, kept) => {
    expect(requireAddress(given, "production")).toBe(kept);
  });

  test.each([
    ["http://shop.example/", "Expected https"],
    ["http://localhost/", "Expected https"],
    ["ftp://shop.example/", "Expected https"],
    ["javascript:alert(1)", "Expected https"],
    ["data:text/plain,x", "Expected https"],
    ["shop.example", "Expected an address"],
    ["", "Expected an address"],
    ["https://", "Expected an address"],
    ["https://shop.example/a b", "Expected an address"],
    ["https://shop.example\n", "Expected an address"],
    ["https:\\\\shop.example", "Expected an address"],
    ["https://256.1.1.1/", "Expected an address"],
    ["https://shop.example/#x", "Expected no fragment"],
    ["https://me@shop.example/", "Expected no name or password"],
    ["https://me:pw@shop.example/", "Expected no name or password"],
    ["https://shop.example:22/", "Expected port 443"],
    ["https://shop.example:80/", "Expected port 443"],
    [`https://shop.example/${"a".repeat(2_000)}`, "Expected at most 2000"],
    [`https://shop.example/${"é".repeat(700)}`, "Expected at most 2000"],
  ])("%.60s is refused: %s", (given, message) => {
    expect(problemOfAddress(given, "production")).toContain(message);
  });

  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.168.0.1",
    "198.19.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[2001:0:4136:e378::]",
    "[2001:db8::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[ff02::1]",
  ])("the address %s is refused", (host) => {
    expect(problemOfAddress(`https://${host}/`, "production")).toContain("is not a public address");
  });

  test.each([
    "localhost",
    "LOCALHOST",
    "localhost.",
    "app.localhost",
    "printer.local",
    "metadata.google.internal",
    "intranet",
    "nas.home.arpa",
    "1.0.0.127.in-addr.arpa",
    "router.lan",
    "localhost.localdomain",
    "kubernetes.default.svc",
  ])("the name %s is refused", (host) => {
    expect(problemOfAddress(`https://${host}/`, "production")).toContain("is not a public name");
  });

  test("a refusal names the field", () => {
    expect(() => requireAddress("http://shop.example", "production")).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        facts: expect.objectContaining({ errors: [{ path: "url", message: "Expected https" }] }),
      }),
    );
  });
});

describe.each(["development", "test"] as const)("in %s", (environment) => {
  test.each(["http://localhost:3000/hooks", "http://127.0.0.1:9/", "http://[::1]:80/", "https://localhost/"])(
    "%s is taken",
    (given) => expect(problemOfAddress(given, environment)).toBeNull(),
  );

  test.each(["http://shop.example/", "http://10.0.0.1/", "http://app.localhost/", "https://192.168.0.1/"])(
    "%s is refused",
    (given) => expect(problemOfAddress(given, environment)).not.toBeNull(),
  );
});
