import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { violations } from "./architecture/check.ts";
import { RUNTIME_NAMES } from "./architecture/rules.ts";
import { scan } from "./architecture/scan.ts";

const ROOT = join(import.meta.dirname, "..");

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("node_modules"))
    .map((path) => `${folder}/${path}`);
}

function planted(files: Record<string, string>): string[] {
  return violations(Object.entries(files).map(([path, text]) => scan(path, text, RUNTIME_NAMES)));
}

describe("the architecture", () => {
  it("holds in src, cli, client and scripts", () => {
    const files = ["src", "cli", "client", "scripts"].flatMap(filesOf);
    expect(files.length).toBeGreaterThan(10);
    const scanned = files.map((path) => scan(path, readFileSync(join(ROOT, path), "utf8"), RUNTIME_NAMES));
    expect(violations(scanned)).toEqual([]);
  });
});

describe("the architecture test finds", () => {
  it.each([
    [
      "a room that reaches up",
      "src/db/a.ts",
      'import { x } from "../services/x.ts";',
      '"db" may not import "services"',
    ],
    [
      "a type of a forbidden room",
      "src/domain/a.ts",
      'import type { X } from "../ports/x.ts";',
      '"domain" may not import',
    ],
    [
      "an import() of a forbidden room",
      "src/index/a.ts",
      'await import("../db/x.ts");',
      '"index" may not import "db"',
    ],
    [
      "a re-export of a forbidden room",
      "src/cache/a.ts",
      'export * from "../db/x.ts";',
      '"cache" may not import "db"',
    ],
    [
      "a room not in the table",
      "src/lib/a.ts",
      'import { x } from "../domain/x.ts";',
      "is not a room of the table",
    ],
    [
      "an entry with another's platform",
      "src/worker.ts",
      'import "./platform/deno/open.ts";',
      "another runtime's",
    ],
    [
      "a platform with another's",
      "src/platform/memory/a.ts",
      'import "../workers/kv.ts";',
      "another runtime's",
    ],
    [
      "a service with a platform",
      "src/services/a.ts",
      'import "../platform/memory/kv.ts";',
      '"services" may not import',
    ],
    ["src with the tests", "src/app.ts", 'import "../test/x.ts";', "lies outside"],
    ["SQL in a route", "src/routes/a.ts", 'import { eq } from "drizzle-orm";', '"drizzle-orm" belongs to db'],
    [
      "HTTP in a service",
      "src/services/a.ts",
      'import { Hono } from "hono";',
      '"hono" belongs to routes, web, app.ts',
    ],
    [
      "Orama outside of the index",
      "src/services/a.ts",
      'import "@orama/orama";',
      '"@orama/orama" belongs to index',
    ],
    ["Node in the index", "src/index/a.ts", 'import fs from "node:fs";', '"node:fs" belongs to platform'],
    [
      "a WASM import in a service",
      "src/services/a.ts",
      'import m from "./codec.wasm";',
      "belongs to platform",
    ],
    [
      "process in a route",
      "src/routes/a.ts",
      "export const x = process.env.X;",
      '"process" belongs to platform/',
    ],
    ["Deno in a service", "src/services/a.ts", "Deno.openKv();", '"Deno" belongs to platform/'],
    ["the cache of a runtime", "src/cache/a.ts", "const c = caches;", '"caches" belongs to platform/'],
    ["any", "src/domain/a.ts", "export const x = (y: any) => y;", '"any" switches'],
    ["any by a cast", "cli/a.ts", "export const x = y as unknown as any[];", '"any" switches'],
    ["a non-null assertion", "src/domain/a.ts", "export const x = y!.z;", '"!" switches'],
    ["a definite assignment", "src/domain/a.ts", "export class A { x!: string }", '"!:" switches'],
    [
      "a silenced compiler",
      "cli/a.ts",
      "// @ts-expect-error later\nexport const x = 1;",
      '"@ts-expect-error" switches',
    ],
    ["utils.ts", "src/services/utils.ts", "", 'not "utils.ts"'],
    ["index.ts", "src/routes/index.ts", "", 'not "index.ts"'],
    ["a camel-case name", "src/services/openOrder.ts", "", "kebab-case"],
    ["a long file", "cli/long.ts", "let x;\n".repeat(301), "301 lines"],
    [
      "a CLI that reaches into the server",
      "cli/a.ts",
      'import "../src/db/client.ts";',
      "may import src/domain only",
    ],
    ["an import without extension", "src/db/a.ts", 'import "../domain/x";', "wants its extension"],
  ])("%s", (_name, path, text, message) => {
    expect(planted({ [path]: text }).join("\n")).toContain(message);
  });

  it("a cycle, also of types, once", () => {
    const found = planted({
      "src/db/a.ts": 'import { b } from "./b.ts";',
      "src/db/b.ts": 'import type { C } from "./queries/c.ts";',
      "src/db/queries/c.ts": 'export { a } from "../a.ts";',
      "src/db/d.ts": 'import { a } from "./a.ts";',
    });
    expect(found).toEqual(["cycle: src/db/a.ts → src/db/b.ts → src/db/queries/c.ts → src/db/a.ts"]);
  });

  it("nothing in code that keeps the rules", () => {
    const found = planted({
      "src/services/search/run.ts":
        'import type { Ctx } from "../../deps.ts";\nexport const run = (jobs: { process: number }) => jobs.process; // any!',
      "src/platform/memory/open.ts": 'import fs from "node:fs";\nexport const x = process.env;',
      "src/worker.ts":
        'import { createApp } from "./app.ts";\nimport { openDeps } from "./platform/workers/open.ts";',
      "cli/run.ts": 'import type { Money } from "../src/domain/money.ts";',
    });
    expect(found).toEqual([]);
  });
});
