import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signatureOf } from "../../src/services/webhooks/signature.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
const OTHER = "whsec_AAAQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
const BODY = '{"type":"image.ready","data":{"detail":"åß “quoted”"}}';
const PYTHON = `
import json, sys
sys.path.insert(0, sys.argv[1])
from example import is_genuine
given = json.load(sys.stdin)
print(json.dumps([is_genuine(one["headers"], one["body"].encode(), one["secret"]) for one in given]))
`;

interface Request {
  headers: Record<string, string>;
  body: string;
  secret: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-examples-"));
  const text = readFileSync(new URL("../../docs/webhooks.md", import.meta.url), "utf8");
  for (const [fence, name] of [
    ["ts", "example.ts"],
    ["python", "example.py"],
  ]) {
    const [, code] = new RegExp(`\`\`\`${fence}\n([^]*?)\`\`\``).exec(text) ?? [];
    writeFileSync(join(folder, name), code ?? "");
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function signed(secrets: string[], ageSeconds = 0): Promise<Request> {
  const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds;
  const signature = await signatureOf(secrets, { id: "msg_1", timestamp, body: BODY });
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  };
  return { headers, body: BODY, secret: SECRET };
}

/** What is genuine first, then what is not. */
async function requests(): Promise<Request[]> {
  const good = await signed([SECRET]);
  const withHeader = (name: string, value: string) => ({
    ...good,
    headers: { ...good.headers, [name]: value },
  });
  return [
    good,
    await signed([OTHER, SECRET]),
    await signed([SECRET], 290),
    await signed([OTHER]),
    await signed([SECRET], 310),
    await signed([SECRET], -310),
    { ...good, body: good.body.replace(":{", ": {") },
    withHeader("webhook-id", "msg_2"),
    withHeader("webhook-timestamp", String(Number(good.headers["webhook-timestamp"]) + 1)),
    withHeader("webhook-timestamp", "soon"),
    withHeader("webhook-signature", ""),
    withHeader("webhook-signature", good.headers["webhook-signature"].slice(3)),
    { ...good, headers: {} },
  ];
}

const EXPECTED = Array.from({ length: 13 }, (_, i) => i < 3);

describe("the documented check", () => {
  test("in TypeScript tells what is genuine", async () => {
    const { isGenuine } = (await import(pathToFileURL(join(folder, "example.ts")).href)) as {
      isGenuine: (headers: Headers, body: string, secret: string) => boolean;
    };
    const told = (await requests()).map(({ headers, body, secret }) =>
      isGenuine(new Headers(headers), body, secret),
    );
    expect(told).toEqual(EXPECTED);
  });

  const { error } = spawnSync("python3", ["--version"]);
  test.skipIf(error !== undefined)("in Python tells what is genuine", async () => {
    const input = JSON.stringify(await requests());
    const { stdout, stderr } = spawnSync("python3", ["-c", PYTHON, folder], { input, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  });
});

test("a signature is the one that the specification's own libraries make", async () => {
  // The test vector that the specification's reference libraries share.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const message = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(await signatureOf([secret], message)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
