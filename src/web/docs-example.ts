import { refName } from "./docs-model.ts";
import type { DocsDocument, DocsOperation, DocsSchema } from "./docs-model.ts";

const MAX_DEPTH = 6;

/** The schema behind references, as far as the document knows it. */
export function resolve(document: DocsDocument, schema: DocsSchema): DocsSchema {
  if (schema.$ref === undefined) return schema;
  return document.components?.schemas?.[refName(schema.$ref)] ?? {};
}

function typeOf({ type, properties, items }: DocsSchema): string | undefined {
  if (Array.isArray(type)) return type.find((name) => name !== "null");
  return type ?? (properties ? "object" : items ? "array" : undefined);
}

function scalar({ format, minimum, enum: values }: DocsSchema, type: string | undefined): unknown {
  if (values) return values[0];
  if (type === "integer" || type === "number") return minimum ?? 1;
  if (type === "boolean") return true;
  if (format === "date-time") return "2026-01-02T03:04:05.000Z";
  return type === "string" ? "…" : null;
}

/** A believable value of a schema: its example, its default, or one made of its parts. */
export function exampleOf(document: DocsDocument, given: DocsSchema, depth = 0): unknown {
  const schema = resolve(document, given);
  const stated = given.example ?? schema.example ?? schema.const ?? schema.default;
  if (stated !== undefined) return stated;
  if (depth > MAX_DEPTH) return null;
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return exampleOf(document, first, depth + 1);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => exampleOf(document, part, depth + 1)));
  }
  const type = typeOf(schema);
  // A text without an example may have a form of its own; null is right for each.
  if (type === "string" && !schema.enum && schema.type?.includes("null")) return null;
  if (type === "array") return schema.items ? [exampleOf(document, schema.items, depth + 1)] : [];
  if (type !== "object") return scalar(schema, type);
  const entries = Object.entries(schema.properties ?? {});
  return Object.fromEntries(entries.map(([name, part]) => [name, exampleOf(document, part, depth + 1)]));
}

/** Quotes a text for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function bodyLines(document: DocsDocument, { body }: DocsOperation): string[] {
  const [content] = body;
  if (content === undefined) return [];
  const type = `  -H ${quoted(`Content-Type: ${content.mediaType}`)}`;
  if (content.mediaType !== "application/json" || content.schema === null)
    return [type, "  --data-binary @file"];
  return [type, `  -d ${quoted(JSON.stringify(exampleOf(document, content.schema), null, 2))}`];
}

/** The call as a command, with the deployment and the key taken from the environment. */
export function curlOf(document: DocsDocument, operation: DocsOperation): string {
  const { method, path, parameters, access } = operation;
  const query = parameters
    .filter((parameter) => parameter.in === "query" && (parameter.required || parameter.name === "q"))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(schema.example ?? "lamp"))}`);
  const url = `"$VITRINE_URL${path}${query.length > 0 ? `?${query.join("&")}` : ""}"`;
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} ${url}`];
  if (access !== "open to all") lines.push(`  -H "Authorization: Bearer $VITRINE_KEY"`);
  return [...lines, ...bodyLines(document, operation)].join(" \\\n");
}
