import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, type Credential, type World } from "./credentials.ts";
import { openApp, type TestApp } from "./open-app.ts";
import { operations, refusal, requestOf, targetOf, type Operation } from "./sweep.ts";

/** What changes nothing by which an organisation or the deployment is set up, opened, emptied or repaired. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  "POST /api/auth/sign-up/email": "a person's own account",
  "POST /api/auth/sign-in/email": "a sign-in is an event of each of the person's organisations",
  "POST /api/auth/sign-out": "a person's own session",
  "POST /api/auth/request-password-reset": "a person's own account",
  "POST /api/auth/reset-password": "a person's own account",
  "POST /api/auth/send-verification-email": "a person's own account",
  "DELETE /v1/me/sessions/{id}": "a person's own session",
  "POST /v1/collect": "what visitors do is data, and much",
  "POST /v1/events": "what users do is data, and much",
  "PUT /v1/orgs/{org}/users/{user}": "a user's row is data that servers send",
  "PUT /v1/products/{id}": "a product has its own version and times",
  "PATCH /v1/products/{id}": "a product has its own version and times",
  "DELETE /v1/products/{id}": "leaves a tombstone with its owner, version and time",
  "POST /v1/images": "an image names who uploaded it and when",
  "POST /v1/orgs/{org}/webhooks/{id}/test": "the delivery is kept with its time for 30 days",
  "POST /v1/orgs/{org}/webhooks/{id}/deliveries/{delivery}/redeliver":
    "the delivery is kept with its attempts",
  "PUT /v1/friends/{user}": "between two people",
  "DELETE /v1/friends/{user}": "between two people",
  "PUT /v1/blocks/{user}": "between two people",
  "DELETE /v1/blocks/{user}": "between two people",
  "PUT /v1/mutes/{user}": "between two people",
  "DELETE /v1/mutes/{user}": "between two people",
  "POST /v1/posts": "a post names its author",
  "DELETE /v1/posts/{id}": "leaves a tombstone with its author",
  "PUT /v1/posts/{id}/like": "a person's own",
  "DELETE /v1/posts/{id}/like": "a person's own",
  "POST /v1/posts/{id}/comments": "a comment names its author",
  "DELETE /v1/comments/{id}": "leaves a tombstone with its author",
  "PUT /v1/admin/blobs/object": "a restore of thousands, begun by a list that is audited",
  "POST /v1/search/clicks": "what shoppers do is data, and much",
};

/** Reading that takes all of something away. */
const EXPORTS = ["GET /v1/admin/blobs", "GET /v1/orgs/{org}/users.csv", "GET /v1/orgs/{org}/audit.ndjson"];
const REDRIVE = "POST /v1/admin/dead-letters/{id}/redrive";
const RESEAL = "POST /v1/admin/secrets/reseal";

const writing = operations.filter(({ method, name }) => method !== "GET" || EXPORTS.includes(name));
const audited = writing.filter(({ name }) => !(name in NOT_AUDITED));

let t: TestApp;
let world: World;
beforeEach(async () => {
  t = await openApp();
  world = await createWorld(t.platform);
});
afterEach(() => t.platform.close());

async function lines(): Promise<Record<string, unknown>[]> {
  const { rows } = await t.platform.client.execute("SELECT * FROM audit_log ORDER BY id");
  return rows.map((row) => ({ ...row }));
}

/** What an operation needs that the world of credentials has not. */
async function prepare({ name }: Operation): Promise<void> {
  if (name === REDRIVE)
    await t.platform.client.execute(
      `INSERT INTO dead_letters (id, job_id, kind, payload, reason, attempts, created_at)
       VALUES ('1', 'job_1', 'index.merge', '{"body":{"payload":{}}}', 'for the test', 5, 0)`,
    );
  if (name === RESEAL) {
    const owner = world.credentials.find(({ role }) => role === "owner");
    const body = JSON.stringify({ url: "https://own.example/hook", events: ["image.ready"] });
    const headers = { authorization: owner?.authorization ?? "", "content-type": "application/json" };
    await t.call(`/v1/orgs/${world.own.id}/webhooks`, { method: "POST", headers, body });
    t.platform.config.previousSecrets = [t.platform.config.secret];
    t.platform.config.secret = "another secret of the tests, long enough too";
  }
}

/** The first whom the operation lets in. */
function doer(operation: Operation): Credential {
  const found = world.credentials.find(
    (one) => one.kind !== "none" && one.kind !== "bad" && refusal(operation, one, "own") === null,
  );
  if (found === undefined) throw new Error(`Nobody may ${operation.name}`);
  return found;
}

test("each operation that writes is audited, or said why not", () => {
  const names = writing.map(({ name }) => name);
  expect(audited.length).toBeGreaterThanOrEqual(22);
  // A reason for what is gone would hide the next of its name.
  expect(Object.keys(NOT_AUDITED).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(audited)("$name", (operation) => {
  test("writes one line, of who asked, what and by which request", async () => {
    await prepare(operation);
    const credential = doer(operation);
    const before = await lines();
    const request = requestOf(operation, credential, world.own);
    const headers = new Headers(request.headers);
    headers.set("x-request-id", "req-of-the-test");
    const response = await t.call(targetOf(operation, world.own), { ...request, headers });
    const answer = await response.text();
    expect(response.ok, answer).toBe(true);
    const known = new Set(before.map(({ id }) => id));
    const added = (await lines()).filter(({ id }) => !known.has(id));
    expect(added).toHaveLength(1);
    const actor = { operator: /^operator$/, key: /^key:/, person: /^user:/ }[String(credential.kind)];
    expect(added[0]).toMatchObject({
      request_id: "req-of-the-test",
      actor: expect.stringMatching(actor ?? /^$/),
    });
    const isDeployments = operation.path.startsWith("/v1/admin/") || operation.path.startsWith("/v1/search/");
    if (operation.path.includes("{org}")) expect(added[0].org_id).toBe(world.own.id);
    if (isDeployments && operation.body.length === 0) expect(added[0].org_id).toBe("");
  });
});

describe.each(writing.filter(({ name }) => name in NOT_AUDITED))("$name", (operation) => {
  test("writes none", async () => {
    const before = await lines();
    const credential = operation.security.length === 0 ? world.credentials[0] : doer(operation);
    await t.call(targetOf(operation, world.own), requestOf(operation, credential, world.own));
    expect(await lines()).toEqual(before);
  });
});
