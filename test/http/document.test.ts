import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { PERMISSIONS } from "../../src/domain/access.ts";
import { SCOPES } from "../../src/domain/actor.ts";
import { buildDocument } from "../../src/routes/operations/document.ts";
import { readOperations, refName, type DocsDocument } from "../../src/web/docs-model.ts";

interface Spec {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  "x-permission"?: string;
  parameters?: ({ name: string; in: string } | { $ref: string })[];
  requestBody?: object;
  responses: Record<string, { $ref?: string; content?: Record<string, object>; headers?: object }>;
}

const document = buildDocument(createApp());
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item).map(([method, spec]) => ({ name: `${method} ${path}`, path, spec: spec as Spec })),
);

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "$ref" in value && typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

describe("the document", () => {
  test("says what it describes", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Vitrine", license: { name: "MIT" } },
    });
    expect(document.servers).toEqual([{ url: "/", description: "This deployment" }]);
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual([
      "apiKey",
      "session",
      "operatorKey",
    ]);
    expect(operations.length).toBeGreaterThanOrEqual(8);
  });

  test("has no reference that leads nowhere", () => {
    const missing = referencesIn(document).filter((ref) => {
      const [kind, name] = ref.replace("#/components/", "").split("/");
      const group = (document.components as Record<string, Record<string, unknown> | undefined>)[kind];
      return group?.[name] === undefined;
    });
    expect(missing).toEqual([]);
  });

  test("names each operation once", () => {
    const ids = operations.map(({ spec }) => spec.operationId);
    expect(ids.every((id) => id !== undefined && /^[a-z][A-Za-z]+$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("describes every tag that is used", () => {
    const described = (document.tags ?? []).filter(({ description }) => description).map(({ name }) => name);
    expect(
      operations.flatMap(({ spec }) => spec.tags ?? []).filter((tag) => !described.includes(tag)),
    ).toEqual([]);
  });

  test("is the same for each reader", () => {
    expect(readOperations(document as unknown as DocsDocument)).toHaveLength(operations.length);
    expect(refName("#/components/schemas/Problem")).toBe("Problem");
  });
});

describe.each(operations)("$name", ({ path, spec }) => {
  test("has a summary, a tag, security and a success", () => {
    expect(spec.summary).toBeTruthy();
    expect(spec.tags).toHaveLength(1);
    expect(spec.security).toBeDefined();
    expect(Object.keys(spec.responses).some((status) => /^[23]/.test(status))).toBe(true);
  });

  test("answers every error with a problem", () => {
    const errors = Object.entries(spec.responses).filter(([status]) => /^[45]/.test(status));
    expect(errors.map(([status]) => status)).toContain("500");
    const shared = (ref: string) => /^#\/components\/responses\/Problem\d{3}$/.test(ref);
    const foreign = errors.filter(([, { $ref, content }]) =>
      $ref === undefined ? content?.["application/problem+json"] === undefined : !shared($ref),
    );
    // Readiness answers its 503 with the same body as its 200: monitors read one shape.
    expect(foreign.map(([status]) => status)).toEqual(path === "/readyz" ? ["503"] : []);
  });

  test("documents what its security and its body may be refused with", () => {
    const statuses = Object.keys(spec.responses);
    if ((spec.security ?? []).length > 0)
      expect(statuses).toEqual(expect.arrayContaining(["401", "403", "429"]));
    if (spec.requestBody) expect(statuses).toEqual(expect.arrayContaining(["413", "415"]));
  });

  test("names the permission of its security", () => {
    const { security = [], "x-permission": permission } = spec;
    const scopes = security.flatMap((scheme) => scheme["apiKey"] ?? []);
    expect(scopes).toEqual(SCOPES.filter((scope) => scope === permission));
    if (permission === undefined) return;
    expect(PERMISSIONS).toContain(permission);
    expect(security).toContainEqual({ session: [] });
  });

  test("declares each parameter of its path", () => {
    const declared = (spec.parameters ?? []).flatMap((one) =>
      "in" in one && one.in === "path" ? [one.name] : [],
    );
    expect(declared.sort()).toEqual([...path.matchAll(/{(\w+)}/g)].map(([, name]) => name).sort());
  });
});
