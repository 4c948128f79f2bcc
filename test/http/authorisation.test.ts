import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { buildDocument } from "../../src/routes/operations/document.ts";
import { exampleOf } from "../../src/web/docs-example.ts";
import { readOperations, type DocsDocument, type DocsOperation } from "../../src/web/docs-model.ts";
import { CANARY, createWorld, FOREIGN_PRODUCT, OWN_PRODUCT } from "./credentials.ts";
import type { Credential, World } from "./credentials.ts";
import { openApp, type TestApp } from "./open-app.ts";

type Security = Record<string, string[]>[];

// Sound: the document is our own, and `readOperations` is tested to take all of it.
const document = buildDocument(createApp()) as unknown as DocsDocument;
const operations = readOperations(document).map((operation) => ({
  ...operation,
  name: `${operation.method} ${operation.path}`,
  security: (document.paths?.[operation.path][operation.method.toLowerCase()].security ?? []) as Security,
}));
type Operation = (typeof operations)[number];

/** The path with the ids of one organisation's things in it. */
function target(path: string, org: { id: string; spareKeyId: string }, product: string): string {
  const id = path.includes("/products/") ? product : path.includes("/api-keys/") ? org.spareKeyId : "1";
  return path
    .replace("{org}", org.id)
    .replace("{id}", id)
    .replace("{kind}", "table-lamp")
    .replace("{file}", "x.svg");
}

function bodyOf({ body, path }: DocsOperation): { type: string; text: string } | null {
  const [content] = body;
  if (content === undefined) return null;
  const given = content.schema === null ? {} : exampleOf(document, content.schema);
  if (typeof given === "string") return { type: content.mediaType, text: given };
  // The id of the path holds; the example's would contradict it.
  const { id, ...rest } = given as Record<string, unknown>;
  return { type: content.mediaType, text: JSON.stringify(path.includes("{id}") ? rest : { id, ...rest }) };
}

function request(operation: Operation, path: string, { authorization }: Credential): [string, RequestInit] {
  const body = bodyOf(operation);
  const headers = new Headers();
  if (authorization !== null) headers.set("authorization", authorization);
  if (body) headers.set("content-type", body.type);
  return [path, { method: operation.method, headers, ...(body ? { body: body.text } : {}) }];
}

/** 401, 403, or null where the documented security lets the credential in. */
function refusal({ path, security }: Operation, credential: Credential): 401 | 403 | null {
  if (credential.kind === "bad" && path.startsWith("/v1/")) return 401;
  if (security.length === 0) return null;
  if (credential.kind === "none") return 401;
  const scheme = credential.kind === "operator" ? "operatorKey" : "apiKey";
  const scopes: readonly string[] = credential.scopes;
  const isMet = security.some((way) => way[scheme]?.every((scope) => scopes.includes(scope)));
  return isMet ? null : 403;
}

async function productsOf(platform: MemoryPlatform): Promise<unknown> {
  return (await platform.client.execute("SELECT * FROM products ORDER BY id")).rows;
}

async function inWorld(work: (t: TestApp, world: World) => Promise<void>): Promise<void> {
  const t = await openApp();
  try {
    await work(t, await createWorld(t.platform));
  } finally {
    t.platform.close();
  }
}

test("the sweep covers the API", () => {
  expect(operations.length).toBeGreaterThanOrEqual(18);
  expect(operations.flatMap(({ security }) => security).length).toBeGreaterThanOrEqual(12);
});

describe.each(operations)("$name", (operation) => {
  test("lets in whom its security names, and nobody else", () =>
    inWorld(async (t, world) => {
      const path = target(operation.path, world.own, OWN_PRODUCT);
      const documented = operation.responses.map(({ status }) => status);
      let succeeded = false;
      const seen: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      // Whoever is let in may delete what the next one asks for, so those come last.
      const inOrder = world.credentials.toSorted(
        (a, b) => Number(refusal(operation, a) === null) - Number(refusal(operation, b) === null),
      );
      for (const credential of inOrder) {
        if (credential.foreign) continue;
        const response = await t.call(...request(operation, path, credential));
        const wanted = refusal(operation, credential);
        expect(documented).toContain(String(response.status));
        expected[credential.name] = wanted ?? "let in";
        const isLetIn = response.status < 500 && response.status !== 401 && response.status !== 403;
        succeeded ||= response.ok;
        seen[credential.name] = isLetIn ? "let in" : response.status;
        const text = await response.text();
        if (credential.kind !== "operator") expect(text).not.toContain(CANARY);
        if (!isLetIn) expect(JSON.parse(text)).toMatchObject({ status: response.status });
      }
      expect(seen).toEqual(expected);
      expect(succeeded).toBe(!["{file}", "/dead-letters/{id}"].some((part) => operation.path.includes(part)));
    }));

  test("does nothing for whom it refuses", () =>
    inWorld(async (t, world) => {
      const before = await productsOf(t.platform);
      for (const credential of world.credentials.filter((one) => refusal(operation, one) !== null)) {
        await t.call(...request(operation, target(operation.path, world.own, OWN_PRODUCT), credential));
      }
      expect(await productsOf(t.platform)).toEqual(before);
      expect(t.platform.jobs.sent).toEqual([]);
    }));

  test("keeps the other organisation's things from a key", () =>
    inWorld(async (t, world) => {
      const foreignOnes = async () =>
        (await t.platform.client.execute(`SELECT * FROM products WHERE id = '${FOREIGN_PRODUCT}'`)).rows;
      const before = await foreignOnes();
      const isAimed = operation.path.includes("{org}") || operation.path.startsWith("/v1/products/{id}");
      for (const credential of world.credentials.filter(({ kind, foreign }) => kind === "key" && !foreign)) {
        const path = target(operation.path, world.foreign, FOREIGN_PRODUCT);
        const response = await t.call(...request(operation, path, credential));
        expect(await response.text()).not.toContain(CANARY);
        if (isAimed && operation.security.length > 0) expect([403, 404]).toContain(response.status);
      }
      expect(await foreignOnes()).toEqual(before);
    }));
});

test("the canary is there to be seen: its operator reads it", () =>
  inWorld(async (t, world) => {
    const operator = world.credentials.find(({ kind }) => kind === "operator");
    const headers = { authorization: operator?.authorization ?? "" };
    expect(await (await t.call("/v1/orgs", { headers })).text()).toContain(CANARY);
    const keys = await t.call(`/v1/orgs/${world.foreign.id}/api-keys`, { headers });
    expect(await keys.text()).toContain(CANARY);
  }));
