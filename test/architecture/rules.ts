/** The table of rooms: what the files of a room under src/ may import, by room. A room may always import itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ["domain"],
  db: ["domain", "ports"],
  cache: ["domain", "ports"],
  index: ["domain", "ports"],
  codec: ["domain", "ports"],
  services: ["domain", "ports", "db", "cache", "index", "codec", "deps.ts", "config.ts"],
  routes: ["services", "domain", "ports", "web", "deps.ts", "config.ts"],
  queue: ["services", "domain", "ports", "deps.ts", "config.ts"],
  web: ["services", "domain", "ports", "deps.ts"],
  platform: ["domain", "ports", "db", "cache", "index", "codec", "deps.ts", "config.ts"],
  "app.ts": ["routes", "domain", "ports", "deps.ts", "config.ts"],
  "config.ts": ["domain"],
  "deps.ts": ["domain", "ports", "db", "cache", "index", "codec", "config.ts"],
  "worker.ts": ["app.ts", "queue", "platform", "deps.ts"],
  "deno.ts": ["app.ts", "queue", "platform", "deps.ts"],
};

/** A package (or the start of its name) and the rooms that alone may import it. */
export const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^drizzle-orm(\/|$)/, ["db"]],
  [/^better-auth(\/|$)/, ["services", "db"]],
  [/^jose(\/|$)/, ["services"]],
  [/^@orama\//, ["index"]],
  [/^(@hono\/|hono(\/|$))/, ["routes", "web", "app.ts"]],
  [/^@libsql\//, ["db", "platform"]],
  [/^(node:|cloudflare:|jsr:)/, ["platform", "deno.ts"]],
  [/\.wasm$/, ["platform", "worker.ts", "deno.ts"]],
];

/** Names of a runtime, and the rooms that alone may say them. */
export const RUNTIME_NAMES: readonly string[] = ["process", "Deno", "Bun", "caches", "Buffer", "__dirname"];
export const RUNTIME_ROOMS: readonly string[] = ["platform", "worker.ts", "deno.ts"];

/** Each entry and each platform keeps to its own runtime; `memory` and what wraps ports serve all. */
export const PLATFORMS_OF: Readonly<Record<string, readonly string[]>> = {
  "worker.ts": ["workers"],
  "deno.ts": ["deno"],
  "platform/workers": ["workers", "memory", "guarded", "metered"],
  "platform/deno": ["deno", "memory", "guarded", "metered"],
  "platform/memory": ["memory", "guarded", "metered"],
  "platform/guarded": ["guarded"],
};

export const MAX_LINES = 300;
export const FORBIDDEN_NAMES = /^(utils?|helpers?|common|misc|index)\.tsx?$/;
export const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/;
/** Written by a program, so of any length. */
export const GENERATED = /^(src\/db\/migrations|client\/schema)\.ts$/;
