import { openMemoryDeps } from "../../../src/platform/memory/open.ts";
import { sortNameOf } from "../../../src/domain/sort-name.ts";
import { runJobs } from "../../events/open-events.ts";
import { createWorld, SOMEONE, type Credential, type World } from "../../http/credentials.ts";
import { ORIGIN, openApp, type TestApp } from "../../http/open-app.ts";
import { bodyOf, targetOf, type Draft } from "./draft.ts";

/** Readers of a stream leave after its first event. */
const STREAM = "text/event-stream";

export interface Answer {
  status: number;
  headers: Headers;
  /** Of a stream, what came first. */
  text: string;
  /** Lines of the log at the level of an error, and what deferred work threw. */
  failures: string[];
}

export interface FuzzWorld extends World {
  t: TestApp;
  send(draft: Draft): Promise<Answer>;
}

export type Send = FuzzWorld["send"];

/** `null` where no client could send it: the runtime takes no such header. */
export function requestOf(draft: Draft, credential: Credential): Request | null {
  const headers = new Headers();
  const { authorization, cookie } = credential;
  try {
    for (const [name, value] of draft.headers) headers.append(name, value);
    if (authorization !== null) headers.set("authorization", authorization);
    if (cookie) headers.set("cookie", cookie.value);
    if (cookie) headers.set("sec-fetch-site", cookie.site);
    const body = draft.method === "GET" || draft.method === "HEAD" ? null : bodyOf(draft);
    const request = new Request(new URL(targetOf(draft), ORIGIN), { method: draft.method, headers, body });
    const isNamed = draft.headers.some(([name]) => name === "content-type");
    if (typeof body === "string" && !isNamed) request.headers.delete("content-type");
    return request;
  } catch {
    return null;
  }
}

async function textOf(response: Response): Promise<string> {
  if (response.headers.get("content-type")?.startsWith(STREAM) !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

/** Friends with posts and comments, people with names to be found, and pages enough that lists have a second one. */
export async function furnish(t: TestApp, { own }: World): Promise<void> {
  const { client } = t.platform;
  const people = await client.execute("SELECT id FROM users");
  const names = people.rows.map(({ id }) => {
    const name = `${String(id)[0].toUpperCase()}${String(id).slice(1)} Person`;
    return {
      sql: "UPDATE users SET name = ?, sort_name = ? WHERE id = ?",
      args: [name, sortNameOf(name), id],
    };
  });
  const friends = ["own-owner", "own-admin", SOMEONE].flatMap((one, _, all) =>
    all
      .filter((other) => other !== one)
      .map((other) => ({
        sql: "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)",
        args: [one, other],
      })),
  );
  const posts = Array.from({ length: 8 }, (_, i) => ({
    sql: `INSERT INTO posts (id, author_id, text, entities, image_ids, product_id, like_count, comment_count, version, created_at)
      VALUES (?, ?, 'Hello', '[]', ?, ?, 0, 0, 1, 0)`,
    args: [`post_${i}`, i % 2 === 0 ? "own-owner" : SOMEONE, "[]", i === 2 ? own.productId : null],
  }));
  await client.batch([...names, ...friends, ...posts], "write");
  await runJobs(t.platform);
}

export async function openFuzzWorld(options: { rateLimits?: boolean } = {}): Promise<FuzzWorld> {
  const t = await openApp({ config: { rateLimits: options.rateLimits === true } });
  const world = await createWorld(t.platform);
  await furnish(t, world);
  const byName = new Map(world.credentials.map((credential) => [credential.name, credential]));
  const send: Send = async (draft) => {
    const { platform } = t;
    const request = requestOf(draft, byName.get(draft.credential) ?? world.credentials[0]);
    if (request === null) return { status: 0, headers: new Headers(), text: "", failures: [] };
    platform.clock.advance(7);
    const logged = platform.log.lines.length;
    const deps = openMemoryDeps(platform);
    const response = await t.app.fetch(request, deps);
    const text = await textOf(response);
    await deps.lifetime.settle();
    const errors = platform.log.lines.slice(logged).filter(({ level }) => level === "error");
    platform.log.lines.length = 0;
    const failures = [...errors.map((line) => JSON.stringify(line)), ...deps.lifetime.failures.map(String)];
    return { status: response.status, headers: response.headers, text, failures };
  };
  return { ...world, t, send };
}
