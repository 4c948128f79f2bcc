import { sha256Hex } from "../../src/domain/digest.ts";
import { originalKey } from "../../src/domain/image.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { queryIdOf } from "../../src/services/experiments/query-id.ts";
import { relayOutbox } from "../../src/services/outbox.ts";
import { keepDeadLetter } from "../../src/services/dead-letters.ts";
import { runJobs } from "../events/open-events.ts";
import { furnish } from "../hostile/openapi/fuzz-world.ts";
import { createWorld, type Credential, type World } from "../http/credentials.ts";
import { png } from "../http/image-files.ts";
import { openApp, operatorHeaders, type TestApp } from "../http/open-app.ts";
import { join } from "../http/tenants.ts";
import { requestOf, targetOf, type Operation } from "../http/sweep.ts";
import { billWrites, type BilledRows } from "./billed-rows.ts";

export const PASSWORD = "correct horse battery";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const JSON_BODY = { "content-type": "application/json" };

export interface Place {
  t: TestApp;
  world: World;
  billed: BilledRows;
}

/** Two organisations with one of everything, friends with posts, and a search index of one segment. */
export async function openPlace(): Promise<Place> {
  const t = await openApp();
  const world = await createWorld(t.platform);
  await furnish(t, world);
  const headers = operatorHeaders(t.platform);
  await expectOk(await t.call("/v1/admin/index/rebuild", { method: "POST", headers }));
  await relayOutbox(openMemoryDeps(t.platform));
  await runJobs(t.platform);
  return { t, world, billed: await billWrites(t.platform.client) };
}

export interface Asked {
  target: string;
  init: RequestInit;
}

async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.url} answers ${response.status}: ${await response.text()}`);
}

export function post(t: TestApp, path: string, body: unknown): Promise<Response> {
  return t.call(path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) });
}

/** A new account's address; no two are alike, so that a place can be asked again. */
export function newAccount({ platform }: TestApp): { name: string; email: string; password: string } {
  return { name: "Ada", email: `ada-${platform.log.lines.length}@shop.example`, password: PASSWORD };
}

export async function signUp(t: TestApp): Promise<string> {
  const account = newAccount(t);
  await expectOk(await post(t, "/api/auth/sign-up/email", account));
  return account.email;
}

/** Signs up somebody who belongs to an organisation then, whose sign-ins it counts. */
export async function signUpMember({ t, world }: Place): Promise<string> {
  const email = await signUp(t);
  const { rows } = await t.platform.client.execute({
    sql: "SELECT id FROM users WHERE email = ?",
    args: [email],
  });
  await join(t.platform, world.own.id, String(rows[0].id), "member");
  return email;
}

/** The token of the last mail, once it is sent. */
export async function mailedToken(
  { mailer }: MemoryPlatform,
  send: () => Promise<Response>,
): Promise<string> {
  const before = mailer.sent.length;
  await expectOk(await send());
  for (let turn = 0; turn < 1_000 && mailer.sent.length === before; turn++)
    await new Promise((resolve) => setTimeout(resolve, 1));
  const [link = ""] = /https?:\S+/.exec(mailer.sent.at(-1)?.text ?? "") ?? [];
  const token = new URL(link).searchParams.get("token");
  if (token === null) throw new Error(`The mail has no token: ${link}`);
  return token;
}

function asJson(target: string, body: unknown): Asked {
  return { target, init: { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) } };
}

/** The id of a job that failed for good. */
export async function addDeadLetter({ t: { platform } }: Place): Promise<string> {
  const body = { id: "job_dead", kind: "images.resize", payload: { sha256: "none" } };
  await keepDeadLetter(openMemoryDeps(platform), {
    messageId: "job_dead",
    body,
    reason: "internal",
    attempts: 6,
  });
  return "dl_job_dead";
}

async function deadLetter(place: Place, path: string, method: string): Promise<Asked> {
  const target = path.replace("{id}", await addDeadLetter(place));
  return { target, init: { method, headers: operatorHeaders(place.t.platform) } };
}

async function aBlob({ t: { platform } }: Place, method: "GET" | "PUT"): Promise<Asked> {
  const bytes = png();
  const key = originalKey(await sha256Hex(bytes));
  if (method === "GET") await platform.blobs.put(key, bytes, "image/png");
  const headers = { ...operatorHeaders(platform), "content-type": "application/octet-stream" };
  const init = { method, headers, ...(method === "PUT" ? { body: bytes } : {}) };
  return { target: `/v1/admin/blobs/object?key=${key}`, init };
}

/** What the examples of the document alone would not find: made first, and then asked for. */
const MADE: Readonly<Record<string, (place: Place) => Promise<Asked>>> = {
  "GET /pictures/{kind}/{file}": async () => ({
    target: "/pictures/table-lamp/sage-brass-1-4711.svg",
    init: {},
  }),
  "GET /i/{id}/{variant}": async ({ t, world }) => {
    const key = world.credentials.find(({ name }) => name === "a key with images:write");
    const headers = { authorization: key?.authorization ?? "", "content-type": "image/png" };
    const answer = await expectOk(await t.call("/v1/images", { method: "POST", headers, body: png() }));
    await runJobs(t.platform);
    const { id } = (await answer.json()) as { id: string };
    return { target: `/i/${id}/medium`, init: {} };
  },
  "GET /v1/admin/blobs/object": (place) => aBlob(place, "GET"),
  "PUT /v1/admin/blobs/object": (place) => aBlob(place, "PUT"),
  "GET /v1/admin/dead-letters/{id}": (place) => deadLetter(place, "/v1/admin/dead-letters/{id}", "GET"),
  "POST /v1/admin/dead-letters/{id}/redrive": (place) =>
    deadLetter(place, "/v1/admin/dead-letters/{id}/redrive", "POST"),
  // Another page view each time: the same one again would count once.
  "POST /v1/collect": async ({ t, world }) => {
    const id = `seen-${t.platform.log.lines.length}`;
    const message = { site: world.own.siteKeyId, id, type: "page_view", path: "/p/lamp-1" };
    const headers = { ...JSON_BODY, origin: "https://own.example", "user-agent": BROWSER };
    return { target: "/v1/collect", init: { method: "POST", headers, body: JSON.stringify(message) } };
  },
  "POST /v1/search/clicks": async ({ t: { platform } }) => {
    const at = platform.clock.now();
    const query_id = queryIdOf(platform.config.secret, [{ experiment: 1, unit: "u", arm: 0, at, ms: 1 }], at);
    return asJson("/v1/search/clicks", { query_id, product_id: "own-product", position: 0 });
  },
  "POST /api/auth/sign-in/email": async (place) => {
    return asJson("/api/auth/sign-in/email", { email: await signUpMember(place), password: PASSWORD });
  },
  "POST /api/auth/reset-password": async ({ t }) => {
    const email = await signUp(t);
    const ask = () => post(t, "/api/auth/request-password-reset", { email });
    const token = await mailedToken(t.platform, ask);
    return asJson("/api/auth/reset-password", { token, newPassword: "another horse battery" });
  },
  "POST /api/auth/request-password-reset": async ({ t }) => {
    return asJson("/api/auth/request-password-reset", { email: await signUp(t) });
  },
  "GET /api/auth/verify-email": async ({ t }) => {
    t.platform.config.emailConfirmation = true;
    const token = await mailedToken(t.platform, () => post(t, "/api/auth/sign-up/email", newAccount(t)));
    return { target: `/api/auth/verify-email?${new URLSearchParams({ token })}`, init: {} };
  },
};

/** A request that is to succeed, with what it needs in place. */
export async function goodRequest(
  operation: Operation,
  place: Place,
  credential: Credential,
): Promise<Asked> {
  const make = MADE[operation.name];
  if (make !== undefined) return make(place);
  const { own } = place.world;
  return { target: targetOf(operation, own), init: requestOf(operation, credential, own) };
}
