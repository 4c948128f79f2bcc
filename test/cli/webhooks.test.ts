import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isGenuine, openReceiver, status } from "../webhooks/receiver.ts";
import type { Receiver } from "../webhooks/receiver.ts";
import { startApp, type RunningApp } from "./app.ts";
import type { Ran } from "./command-line.ts";

const PERSON = { VITRINE_EMAIL: "ada@example.com", VITRINE_PASSWORD: "correct horse battery" };

let home: string;
let app: RunningApp;
let receiver: Receiver;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "vitrine-home-"));
  [app, receiver] = await Promise.all([startApp(), openReceiver()]);
  await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Ada", email: PERSON.VITRINE_EMAIL, password: PERSON.VITRINE_PASSWORD }),
  });
  await at("sign-in");
  await at("orgs", "create", "acme");
});
afterEach(async () => {
  await Promise.all([app.close(), receiver.close()]);
  rmSync(home, { recursive: true, force: true });
});

function at(...args: string[]): Promise<Ran> {
  return app.run(args, { environment: { HOME: home, ...PERSON } });
}

interface Added {
  id: string;
  secret: string;
}

async function add(): Promise<Added> {
  return JSON.parse((await at("webhooks", "add", receiver.url, "--json")).out) as Added;
}

it("adds a webhook, whose test arrives with a signature of the secret that was shown", async () => {
  const { id, secret } = await add();
  const tested = await at("webhooks", "test", id);
  expect(tested).toMatchObject({
    code: 0,
    out: expect.stringContaining(`vitrine webhooks deliveries ${id}`),
  });
  expect(receiver.received).toHaveLength(1);
  expect(isGenuine(receiver.received[0], secret, app.platform.clock.now())).toBe(true);
  expect((await at("webhooks", "deliveries", id)).out).toMatch(/webhook\.test\s+\S+\s+delivered\s+1\s+204/);
});

it("shows the secret once, and says so", async () => {
  const added = await at("webhooks", "add", receiver.url, "--event", "image.failed");
  const [secret] = /whsec_\S+/.exec(added.out) ?? [""];
  expect(added.err).toContain("not shown again");
  const { out } = await at("webhooks", "list");
  expect(out).toMatch(new RegExp(`${receiver.url}\\s+image\\.failed\\s+on`));
  expect(out).not.toContain(secret);
});

it("says how a webhook stands and why a message failed", async () => {
  const { id } = await add();
  receiver.answer = status(500, "no room");
  await at("webhooks", "test", id);
  expect((await at("webhooks", "deliveries", id)).out).toContain("Answered 500: no room");
  expect((await at("webhooks", "list")).out).toContain("failing since 2026-");
  receiver.answer = status(410);
  await at("webhooks", "test", id);
  expect((await at("webhooks", "list")).out).toContain("disabled: The receiver answered 410 Gone");
  expect(await at("webhooks", "test", id)).toMatchObject({
    code: 1,
    err: expect.stringContaining("is disabled"),
  });
});

it("shortens a long answer in the table alone", async () => {
  const { id } = await add();
  receiver.answer = status(500, "x".repeat(400));
  await at("webhooks", "test", id);
  const { out } = await at("webhooks", "deliveries", id);
  expect(out.split("\n")[1]).toMatch(/ Answered 500: x{65}…$/);
  const [{ last_error: whole }] = JSON.parse((await at("webhooks", "deliveries", id, "--json")).out) as {
    last_error: string;
  }[];
  expect(whole).toHaveLength(300);
});

it("lists as many messages as are asked for, in JSON too", async () => {
  const { id } = await add();
  for (let i = 0; i < 3; i++) await at("webhooks", "test", id);
  const { out } = await at("webhooks", "deliveries", id, "--limit", "2", "--json");
  expect(JSON.parse(out)).toMatchObject([{ state: "delivered" }, { state: "delivered" }]);
  expect(await at("webhooks", "deliveries", id, "--limit", "none")).toMatchObject({ code: 2 });
});

it("removes one", async () => {
  const { id } = await add();
  expect((await at("webhooks", "remove", id)).code).toBe(0);
  expect((await at("webhooks", "list")).out).toBe("None.\n");
  expect(await at("webhooks", "remove", id)).toMatchObject({
    code: 1,
    err: expect.stringContaining("has no webhook"),
  });
});

it("says what is wrong with an address or an event, and who may not", async () => {
  const refused = await at("webhooks", "add", "http://10.0.0.1/");
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("url: Expected https") });
  const unknown = await at("webhooks", "add", receiver.url, "--event", "image.sold");
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("events.0") });
  expect(await app.operator("webhooks", "list", "--org", "acme")).toMatchObject({
    code: 1,
    err: expect.stringContaining("vitrine sign-in"),
  });
});
