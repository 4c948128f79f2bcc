import { describe, expect, it } from "vitest";
import { HttpMailer, LogMailer } from "../../src/platform/mail.ts";
import { MemoryLog } from "../../src/platform/memory/log.ts";
import { readConfig, readMail } from "../../src/platform/settings.ts";

const MAIL = {
  to: "ada@shop.example",
  subject: "Hello",
  text: "Open\n\nhttps://shop.example/x?token=secret",
};
const SETTINGS = { url: "https://mail.example/send", token: "t0ken", from: "shop@shop.example" };
const SERVICE = { MAIL_URL: SETTINGS.url, MAIL_TOKEN: SETTINGS.token, MAIL_FROM: SETTINGS.from };

describe("mails", () => {
  it("are posted to the service", async () => {
    const seen: { url: string; init?: RequestInit }[] = [];
    const mailer = new HttpMailer(SETTINGS, async (url, init) => {
      seen.push({ url: String(url), init });
      return new Response(null, { status: 202 });
    });
    await mailer.send(MAIL);
    expect(seen[0]).toMatchObject({
      url: SETTINGS.url,
      init: {
        method: "POST",
        headers: { Authorization: "Bearer t0ken", "Content-Type": "application/json" },
      },
    });
    expect(JSON.parse(String(seen[0].init?.body))).toEqual({ from: SETTINGS.from, ...MAIL });
  });

  it.each([302, 400, 500])("are not sent where the service answers %i", async (status) => {
    const mailer = new HttpMailer(SETTINGS, async () => new Response("no", { status }));
    await expect(mailer.send(MAIL)).rejects.toThrow(`answers ${status}`);
  });

  it("are read in the log by a developer, and by nobody in production", async () => {
    const log = new MemoryLog();
    await new LogMailer(log, false).send(MAIL);
    await new LogMailer(log, true).send(MAIL);
    expect(log.lines[0]).toMatchObject({ level: "info", event: "mail", text: MAIL.text });
    expect(log.lines[1]).toMatchObject({ level: "warn", event: "mail_not_sent" });
    expect(JSON.stringify(log.lines[1])).not.toMatch(/secret|ada@/);
  });
});

describe("their settings", () => {
  it.each([
    [{ MAIL_URL: "mail" }, /MAIL_URL is not a URL/],
    [{ ...SERVICE, MAIL_TOKEN: "" }, /MAIL_TOKEN is not set/],
    [{ ...SERVICE, MAIL_FROM: undefined }, /MAIL_FROM is not set/],
    [SERVICE, /PUBLIC_ORIGIN is not set/],
  ])("name what is missing: %j", (variables, message) => {
    expect(() => readMail(variables)).toThrow(message);
  });

  it("are whole, or none", () => {
    expect(readMail({})).toBeNull();
    expect(readMail({ ...SERVICE, PUBLIC_ORIGIN: "https://shop.example" })).toEqual(SETTINGS);
  });
});

describe("settings of accounts", () => {
  const read = (variables: object) => readConfig({ VITRINE_SECRET: "s".repeat(32), ...variables });
  const issuer = { issuer: "https://i.example", audience: "a", jwks_url: "https://i.example/jwks" };
  const list = (...entries: unknown[]) => ({ JWT_ISSUERS: JSON.stringify(entries) });

  it("take issuers, with all algorithms unless some are named", () => {
    const [first, second] = read(
      list(issuer, { ...issuer, issuer: "https://j.example", algorithms: ["ES256"] }),
    ).jwtIssuers;
    expect(first).toEqual({
      issuer: "https://i.example",
      audience: "a",
      jwksUrl: "https://i.example/jwks",
      algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
    });
    expect(second.algorithms).toEqual(["ES256"]);
  });

  it.each([
    [{ JWT_ISSUERS: "{" }, /is not JSON/],
    [{ JWT_ISSUERS: "{}" }, /is not a list/],
    [list(7), /no object/],
    [list({ ...issuer, audience: "" }), /without "audience"/],
    [list({ ...issuer, jwks_url: "http://i.example/jwks" }), /not an https URL/],
    [list({ ...issuer, algorithms: ["HS256"] }), /"algorithms" is not a list of some of/],
    [list({ ...issuer, algorithms: ["ES256", "none"] }), /"algorithms" is not a list of some of/],
    [list({ ...issuer, algorithms: [] }), /"algorithms" is not a list of some of/],
    [list(issuer, issuer), /names an issuer twice/],
    [{ PUBLIC_ORIGIN: "https://shop.example/path" }, /PUBLIC_ORIGIN is not an origin/],
    [{ PUBLIC_ORIGIN: "shop.example" }, /PUBLIC_ORIGIN is not an origin/],
  ])("refuse %j", (variables, message) => {
    expect(() => read(variables)).toThrow(message);
  });

  it("confirm addresses in production unless told otherwise", () => {
    expect(read({}).emailConfirmation).toBe(true);
    expect(read({ ENVIRONMENT: "development" }).emailConfirmation).toBe(false);
    expect(read({ EMAIL_CONFIRMATION: "off" }).emailConfirmation).toBe(false);
  });
});
