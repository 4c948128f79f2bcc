/** The parts of JSON Schema that our own document uses. */
export interface DocsSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, DocsSchema>;
  required?: string[];
  items?: DocsSchema;
  additionalProperties?: DocsSchema | boolean;
  enum?: (string | number | boolean | null)[];
  const?: unknown;
  anyOf?: DocsSchema[];
  oneOf?: DocsSchema[];
  allOf?: DocsSchema[];
  example?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

export interface DocsParameter {
  name: string;
  in: "query" | "path" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema: DocsSchema;
}

export interface DocsContent {
  mediaType: string;
  schema: DocsSchema | null;
}

export interface DocsOperation {
  /** The anchor, for example `put-v1-products-id`. */
  anchor: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  access: string;
  parameters: DocsParameter[];
  body: DocsContent[];
  responses: { status: string; description: string; content: DocsContent[] }[];
  /** What the filter looks in, in lower case. */
  text: string;
}

interface RawOperation {
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: (DocsParameter | { $ref: string })[];
  requestBody?: { content?: Record<string, { schema?: DocsSchema }> };
  responses?: Record<string, RawResponse | { $ref: string }>;
}

interface RawResponse {
  description?: string;
  content?: Record<string, { schema?: DocsSchema }>;
}

export interface DocsDocument {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, RawOperation>>;
  components?: {
    schemas?: Record<string, DocsSchema>;
    parameters?: Record<string, DocsParameter>;
    responses?: Record<string, RawResponse>;
  };
}

export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

function accessOf(security: readonly Record<string, string[]>[] = []): string {
  const ways = security.map((scheme) => {
    if ("operatorKey" in scheme) return "operator key";
    if ("session" in scheme) return "session";
    const scopes = scheme["apiKey"] ?? [];
    return scopes.length === 0
      ? "API key"
      : `API key with ${scopes.map((scope) => `\`${scope}\``).join(", ")}`;
  });
  return ways.length === 0 ? "open to all" : ways.join(" or ");
}

function contentOf(content: Record<string, { schema?: DocsSchema }> = {}): DocsContent[] {
  return Object.entries(content).map(([mediaType, { schema }]) => ({ mediaType, schema: schema ?? null }));
}

function readOperation(
  document: DocsDocument,
  path: string,
  method: string,
  raw: RawOperation,
): DocsOperation {
  const { components = {} } = document;
  const parameters = (raw.parameters ?? []).flatMap((parameter) =>
    "$ref" in parameter ? (components.parameters?.[refName(parameter.$ref)] ?? []) : parameter,
  );
  const responses = Object.entries(raw.responses ?? {}).map(([status, response]) => {
    const found = "$ref" in response ? components.responses?.[refName(response.$ref)] : response;
    return { status, description: found?.description ?? "", content: contentOf(found?.content) };
  });
  const words = [method, path, raw.summary, raw.description, ...parameters.map(({ name }) => name)];
  return {
    anchor: `${method}${path}`.replaceAll(/[^a-z0-9]+/gi, "-").replace(/-$/, ""),
    method: method.toUpperCase(),
    path,
    tag: raw.tags?.[0] ?? "Other",
    summary: raw.summary ?? path,
    description: raw.description ?? "",
    access: accessOf(raw.security),
    parameters,
    body: contentOf(raw.requestBody?.content),
    responses: responses.sort((a, b) => a.status.localeCompare(b.status)),
    text: words.join(" ").toLowerCase(),
  };
}

/** All operations in the order of the document's tags, and within them of its paths. */
export function readOperations(document: DocsDocument): DocsOperation[] {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, raw]) => readOperation(document, path, method, raw)),
  );
  const order = (document.tags ?? []).map(({ name }) => name);
  const rank = ({ tag }: DocsOperation): number =>
    (order.indexOf(tag) + order.length + 1) % (order.length + 1);
  return operations.sort((a, b) => rank(a) - rank(b));
}

/** The operations that hold every word of `q`. */
export function filterOperations(operations: readonly DocsOperation[], q: string): DocsOperation[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ text }) => words.every((word) => text.includes(word)));
}
