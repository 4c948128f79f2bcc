import { createApp } from "../../src/app.ts";
import { ALLOWED, type Permission } from "../../src/domain/access.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { isApiPath } from "../../src/routes/middleware/not-found.ts";
import { buildDocument } from "../../src/routes/operations/document.ts";
import { exampleOf } from "../../src/web/docs-example.ts";
import { readOperations, type DocsDocument, type DocsOperation } from "../../src/web/docs-model.ts";
import { CANARY, SOMEONE, type Credential } from "./credentials.ts";
import { png } from "./image-files.ts";
import type { Tenant } from "./tenants.ts";

export interface Operation extends DocsOperation {
  name: string;
  security: Record<string, string[]>[];
  permission: Permission | undefined;
}

interface Secured {
  security?: Operation["security"];
  "x-permission"?: Permission;
}

// Sound: the document is our own, and `readOperations` is tested to take all of it.
const document = buildDocument(createApp()) as unknown as DocsDocument;

export const operations: Operation[] = readOperations(document).map((operation) => {
  const raw: Secured = document.paths?.[operation.path][operation.method.toLowerCase()] ?? {};
  const { security = [], "x-permission": permission } = raw;
  return { ...operation, name: `${operation.method} ${operation.path}`, security, permission };
});

/** What stands for a parameter of a path, by the segment before it. */
function segmentOf(before: string, name: string, tenant: Tenant): string {
  const known: Record<string, string> = {
    orgs: tenant.id,
    products: tenant.productId,
    images: tenant.imageId,
    "api-keys": tenant.spareKeyId,
    "site-keys": tenant.siteKeyId,
    webhooks: tenant.webhookId,
    deliveries: tenant.deliveryId,
    members: tenant.spareMemberId,
    users: tenant.userId,
    sessions: tenant.sessionId,
    friends: SOMEONE,
    blocks: SOMEONE,
    mutes: SOMEONE,
    posts: tenant.postId,
    comments: tenant.commentId,
    experiments: tenant.experiment,
  };
  return known[before] ?? { kind: "table-lamp", file: "x.svg" }[name] ?? "1";
}

function queryOf({ parameters }: Operation, tenant: Tenant): URLSearchParams {
  const needed = parameters.filter((one) => one.in === "query" && one.required);
  return new URLSearchParams(
    needed.map(({ name, schema }): [string, string] => [
      name,
      name === IMAGE_IDS ? tenant.imageId : String(exampleOf(document, schema)),
    ]),
  );
}

const IMAGE_IDS = "ids";

export function takesOrg({ parameters }: Operation): boolean {
  return parameters.some((one) => one.in === "query" && one.name === "org");
}

/** Whether a request of it names things of one organisation in its path, query or body. */
export function isAimed({ path, parameters }: Operation): boolean {
  return path.includes("{") || path === COLLECT || parameters.some(({ name }) => name === IMAGE_IDS);
}

/** The address of one organisation's things; `org` goes into the query. */
export function targetOf(operation: Operation, tenant: Tenant, org?: string): string {
  const ofPeople = operation.path.replace(/^\/v1\/users\/{id}/, `/v1/users/${SOMEONE}`);
  const path = ofPeople.replaceAll(/([^/]+)\/{(\w+)}/g, (_, before: string, name: string) => {
    return `${before}/${segmentOf(before, name, tenant)}`;
  });
  const rest = path.replaceAll(/{(\w+)}/g, (_, name: string) => segmentOf("", name, tenant));
  const query = queryOf(operation, tenant);
  if (org !== undefined) query.set("org", org);
  return query.size > 0 ? `${rest}?${query}` : rest;
}

/** The example body, with the ids of the organisation aimed at in it. */
function bodyOf(
  { body, path }: Operation,
  { id: org, siteKeyId, imageId }: Tenant,
): { type: string; content: BodyInit } | null {
  const [content] = body;
  if (content === undefined) return null;
  if (content.schema?.format === "binary") return { type: content.mediaType, content: png() };
  const given = content.schema === null ? {} : exampleOf(document, content.schema);
  if (typeof given === "string") return { type: content.mediaType, content: given };
  // The id of the path holds; the example's would contradict it.
  const { id, ...rest } = given as Record<string, unknown>;
  if ("site" in rest) rest.site = siteKeyId;
  if ("org" in rest) rest.org = org;
  if ("image_id" in rest) rest.image_id = imageId;
  return { type: content.mediaType, content: JSON.stringify(path.includes("{id}") ? rest : { id, ...rest }) };
}

/** Pages that ask are of the first organisation's origin: the other's site key is not for them. */
const COLLECT = "/v1/collect";
const ORIGIN_OF_PAGES = "https://own.example";

export function requestOf(
  operation: Operation,
  { authorization, cookie }: Credential,
  tenant: Tenant,
): RequestInit {
  const body = bodyOf(operation, tenant);
  const headers = new Headers();
  if (operation.path === COLLECT) headers.set("origin", ORIGIN_OF_PAGES);
  if (authorization !== null) headers.set("authorization", authorization);
  if (cookie) headers.set("cookie", cookie.value);
  if (cookie) headers.set("sec-fetch-site", cookie.site);
  if (body) headers.set("content-type", body.type);
  return { method: operation.method, headers, ...(body ? { body: body.content } : {}) };
}

/** A request that may change something, with a cookie that another site's page made the browser send. */
export function isForgery({ method }: Operation, { cookie }: Credential): boolean {
  return cookie?.site === "cross-site" && method !== "GET";
}

/** Whether the documented security takes a credential of this kind, wherever it belongs. */
function isTaken({ security }: Operation, { kind, scopes }: Credential): boolean {
  if (kind === "operator") return security.some((way) => "operatorKey" in way);
  if (kind === "person") return security.some((way) => "session" in way);
  const held: readonly string[] = scopes;
  return security.some((way) => way["apiKey"]?.every((scope) => held.includes(scope)));
}

/** What monitors and readers of the document get whoever they are. */
const NOBODY_IS_ASKED = new Set(["/healthz", "/readyz", "/openapi.json"]);

export type Refusal = 401 | 403 | 404;

/**
 * How the document and the table of permissions want a credential answered that asks for things of `aim`: refused, or
 * `null` for let in. `named` says that the query names the organisation.
 */
export function refusal(
  operation: Operation,
  credential: Credential,
  aim: "own" | "foreign",
  named = false,
): Refusal | null {
  const { path, security, permission } = operation;
  const { kind, role, tenant } = credential;
  if (kind === "bad" && isApiPath(path) && !NOBODY_IS_ASKED.has(path)) return 401;
  if (path === COLLECT && aim === "foreign") return 403;
  if (security.length === 0) return null;
  if (kind === "none") return 401;
  if (isForgery(operation, credential)) return 403;
  if (!isTaken(operation, credential)) return 403;
  if (kind === "operator") return null;
  if ((path.includes("{org}") || named) && tenant !== aim) return 404;
  // A person uploads for themselves; an image by its id may be a person's own, and another's is not there.
  if (path === "/v1/images" || (path.startsWith("/v1/images/") && (tenant !== aim || role === null)))
    return null;
  if (permission === undefined) return null;
  if (kind === "person" && (role === null || !ALLOWED[role].includes(permission))) return 403;
  // Products are public: that another's is there everybody knows.
  return path.startsWith("/v1/products/{") && tenant !== aim ? 403 : null;
}

/** What became of a request, in the words of `refusal`. */
export function seen({ status }: Pick<Response, "status">): number | null {
  return status < 500 && status !== 401 && status !== 403 ? null : status;
}

/** Every row of the database, as text, but for the hour in which a key was last used. */
export async function rowsOf({ client }: MemoryPlatform): Promise<string[]> {
  const tables = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  const names = tables.rows.map(({ name }) => String(name));
  const all = await client.batch(
    names.map((name) => `SELECT * FROM "${name}"`),
    "read",
  );
  return all
    .flatMap(({ rows }, i) =>
      rows.map((row) => `${names[i]} ${JSON.stringify({ ...row, last_used_at: null })}`),
    )
    .sort();
}

/** Those rows that belong to an organisation, or speak of it. */
export function rowsAbout(rows: readonly string[], { id, number, productId }: Tenant): string[] {
  const marks = [id, CANARY, productId, `"org":${number},`];
  return rows.filter((row) => marks.some((mark) => row.includes(mark)));
}
