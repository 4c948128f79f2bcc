import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileClient } from "../../src/platform/deno/file-client.ts";
import { createMemoryPlatform } from "../../src/platform/memory/open.ts";
import { SCOPES } from "../../src/domain/actor.ts";
import { createApiKey } from "../../src/services/orgs/api-keys.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { createWebhook } from "../../src/services/webhooks/webhooks.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { addPerson, join as joinOrg, operatorCtx } from "../http/tenants.ts";
import { Kernel } from "./kernel.ts";
import { takeOver } from "./globals.ts";

export interface Org {
  id: string;
  name: string;
  number: number;
  /** An API key's Authorization. */
  key: string;
  /** Of its analyst. */
  analyst: string;
  hook: string;
}

export interface Person {
  id: string;
  circle: number;
  authorization: string;
}

/** What every simulated world begins with. */
export interface Cast {
  orgs: readonly Org[];
  people: readonly Person[];
}

/** Friends among themselves, and nothing to the others: a page with both is another's. */
export const CIRCLES = [
  ["ann", "ben", "cat"],
  ["dan", "eve", "fay"],
];
export const START = Date.UTC(2026, 0, 2, 2, 59, 30);

interface Template extends Cast {
  file: string;
}

let made: Promise<Template> | undefined;

/** A database of its own with everybody in it, and no time spent on making it again. */
export async function openCast(): Promise<Cast & { database: FileClient; close(): void }> {
  const { file, orgs, people } = await (made ??= makeTemplate());
  const folder = mkdtempSync(join(tmpdir(), "vitrine-simulation-"));
  const copy = join(folder, "simulated.db");
  copyFileSync(file, copy);
  const database = new FileClient(copy);
  await database.execute("PRAGMA journal_mode = MEMORY");
  await database.execute("PRAGMA synchronous = OFF");
  const close = (): void => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { orgs, people, database, close };
}

async function makeTemplate(): Promise<Template> {
  const platform = await createMemoryPlatform({ now: START });
  const folder = mkdtempSync(join(tmpdir(), "vitrine-template-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Ids and keys of the same seed in each process: what is noted of a simulation has them in it.
  const giveBack = takeOver(new Kernel(1, START), globalThis.fetch);
  try {
    const orgs = [await makeOrg(platform, "acme"), await makeOrg(platform, "rival")];
    const people = await makePeople(platform);
    const file = join(folder, "template.db");
    await platform.client.execute({ sql: "VACUUM INTO ?", args: [file] });
    return { orgs, people, file };
  } finally {
    giveBack();
    platform.close();
  }
}

type Platform = Awaited<ReturnType<typeof createMemoryPlatform>>;

async function signedIn(platform: Platform, person: string): Promise<string> {
  return `Bearer ${signedToken(platform, await addSession(platform, person, 1e6))}`;
}

async function makeOrg(platform: Platform, name: string): Promise<Org> {
  const ctx = operatorCtx(platform);
  const { id } = await createOrg(ctx, { name, slug: name });
  const { secret } = await createApiKey(ctx, { org: id, name: "key", scopes: SCOPES });
  const hook = `https://hooks.${name}.example/images`;
  const owner = await addPerson(platform, `${name}-owner`, name);
  await joinOrg(platform, id, owner, "owner");
  const memberships = [{ orgId: id, orgSlug: name, role: "owner" as const }];
  const actor = { kind: "user" as const, userId: owner, name, email: "", sessionId: null, memberships };
  await createWebhook({ ...ctx, actor }, { org: id, url: hook, events: ["image.ready", "image.failed"] });
  const analyst = await addPerson(platform, `${name}-analyst`, name);
  await joinOrg(platform, id, analyst, "analyst");
  const { rows } = await platform.client.execute({
    sql: "SELECT number FROM organisations WHERE id = ?",
    args: [id],
  });
  const number = Number(rows[0].number);
  return { id, name, number, key: `Bearer ${secret}`, analyst: await signedIn(platform, analyst), hook };
}

async function makePeople(platform: Platform): Promise<Person[]> {
  const people: Person[] = [];
  for (const [circle, names] of CIRCLES.entries()) {
    for (const id of names) {
      await addPerson(platform, id, "people");
      people.push({ id, circle, authorization: await signedIn(platform, id) });
    }
    for (const id of names)
      for (const other of names.filter((one) => one !== id))
        await platform.client.execute({
          sql: "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)",
          args: [id, other],
        });
  }
  return people;
}
