import type { Credential } from "../http/credentials.ts";
import { png } from "../http/image-files.ts";
import { operations, requestOf, targetOf } from "../http/sweep.ts";
import type { Operation } from "../http/sweep.ts";
import type { Recorded } from "./exchange.ts";
import type { SharedWorld } from "./world.ts";

/** Whose answers stand for all: nobody, somebody wrong, and each kind that may be let in. */
const WHO = [
  "no credential",
  "an unknown key",
  "the operator key",
  "a key with catalogue:write",
  "the owner",
  "the owner by cookie",
  "the other's owner",
];
/**
 * They end what the others go by, go on for as long as somebody listens, or tell how far a job is at that moment. Uploads
 * are asked for by themselves.
 */
const LEFT_OUT = [
  "POST /api/auth/sign-out",
  "GET /v1/feed/live",
  "GET /v1/orgs/{org}/webhooks/{id}/deliveries",
  "GET /v1/admin/metrics",
  "POST /v1/images",
  "GET /openapi.json",
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

async function record(name: string, path: string, init: RequestInit): Promise<Recorded> {
  const request = new Request(new URL(path, "https://shop.example"), init);
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  const headers = { ...Object.fromEntries(request.headers), "x-request-id": "conformance" };
  return { name, method: request.method, path, headers, body };
}

function who({ credentials }: SharedWorld): Credential[] {
  return credentials.filter(({ name }) => WHO.includes(name));
}

function isAsked({ name }: Operation): boolean {
  return !LEFT_OUT.includes(name);
}

/** Each documented operation with its example, as each of several; those that change something come last. */
export async function documentedRequests(world: SharedWorld): Promise<Recorded[]> {
  const ordered = operations
    .filter(isAsked)
    .toSorted((a, b) => METHODS.indexOf(a.method) - METHODS.indexOf(b.method));
  const requests: Recorded[] = [];
  for (const operation of ordered) {
    for (const credential of who(world)) {
      const target = targetOf(operation, world.own);
      const init = requestOf(operation, credential, world.own);
      requests.push(await record(`${operation.name} as ${credential.name}`, target, init));
    }
  }
  return requests;
}

const PAGES = [
  "/",
  "/?q=lamp",
  "/?q=zzzz",
  "/p/own-product",
  "/p/none",
  "/docs",
  "/docs/style.css",
  "/openapi.json",
  "/robots.txt",
  "/feed",
  "/friends",
  "/u/own-visitor",
  "/posts/post_own",
  "/upload",
  "/sign-in",
  "/sign-in?next=/feed",
  "/sign-up",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/account",
  "/orgs",
  "/orgs/org-own",
  "/orgs/org-own/members",
  "/orgs/org-own/keys",
  "/orgs/org-own/site-keys",
  "/orgs/org-own/settings",
  "/orgs/org-own/webhooks",
  "/b.js",
  "/nowhere",
  "/v1/nowhere",
  "/favicon.ico",
];

export function pageRequests(world: SharedWorld): Promise<Recorded[]> {
  const owner = world.credentials.find(({ name }) => name === "the admin by cookie")?.cookie?.value ?? "";
  return Promise.all(
    PAGES.flatMap((path) => [
      record(`page ${path}`, path, { headers: { accept: "text/html" } }),
      record(`page ${path}, signed in`, path, { headers: { accept: "text/html", cookie: owner } }),
      record(`HEAD ${path}`, path, { method: "HEAD" }),
    ]),
  );
}

type Odd = [name: string, path: string, init?: RequestInit];

function oddities(bearer: string): Odd[] {
  const authorization = `Bearer ${bearer}`;
  const json = { authorization, "content-type": "application/json" };
  const put = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = json,
  ): RequestInit => ({
    method: "PUT",
    headers,
    body,
  });
  return [
    ["limit 0", "/v1/search?q=lamp&limit=0"],
    ["limit 1e1", "/v1/search?q=lamp&limit=1e1"],
    ["a parameter twice", "/v1/search?q=lamp&q=chair"],
    ["percent that is none", "/v1/search?q=%zz"],
    ["bytes that are no UTF-8", "/v1/search?q=%ff%fe"],
    ["a long query", `/v1/search?q=${"a".repeat(600)}`],
    ["a forged cursor", "/v1/search?q=lamp&cursor=AAAA"],
    ["every facet", "/v1/search?q=lamp&facets=brand,price&filter=in_stock:true&sort=-price&explain=true"],
    ["half a surrogate", "/v1/suggest?q=%ed%a0%80"],
    ["another origin", "/v1/search?q=lamp", { headers: { origin: "https://elsewhere.example" } }],
    [
      "a preflight",
      "/v1/products/x",
      {
        method: "OPTIONS",
        headers: { origin: "https://elsewhere.example", "access-control-request-method": "PUT" },
      },
    ],
    ["a method that is not there", "/v1/search", { method: "DELETE" }],
    ["a trailing slash", "/v1/search/"],
    ["two slashes", "//v1//search?q=lamp"],
    ["dots", "/v1/products/../search?q=lamp"],
    ["dots in percent", "/v1/products/%2e%2e/search"],
    ["a slash in percent", "/v1/products/own%2Fproduct"],
    ["NUL in percent", "/v1/products/a%00b"],
    [
      "a traceparent",
      "/healthz",
      { headers: { traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" } },
    ],
    ["a tag that fits all", "/v1/products/own-product", { headers: { "if-none-match": "*" } }],
    ["a tag that fits none", "/v1/products/own-product", { headers: { "if-none-match": '"x"' } }],
    [
      "a condition that fails",
      "/v1/products/own-product",
      { ...put('{"title":"B"}'), headers: { ...json, "if-match": '"99"' } },
    ],
    ["JSON that is cut", "/v1/products/odd", put('{"title":')],
    ["JSON that is too deep", "/v1/products/odd", put(`${"[".repeat(5_000)}${"]".repeat(5_000)}`)],
    ["no JSON at all", "/v1/products/odd", put("title=a", { authorization, "content-type": "text/plain" })],
    ["an empty body", "/v1/products/odd", put("")],
    ["a body of another coding", "/v1/products/odd", put("{}", { ...json, "content-encoding": "br" })],
    ["a field that is unknown", "/v1/products/odd", put('{"title":"A","colour":"red"}')],
    [
      "numbers that are none",
      "/v1/products/odd",
      put('{"title":"A","price":{"amount":1e400,"currency":"USD"}}'),
    ],
    [
      "a prototype",
      "/v1/products/odd",
      put('{"title":"A","attributes":{"__proto__":"x","constructor":"y"}}'),
    ],
    ["2 MB of JSON", "/v1/products/odd", put(JSON.stringify({ title: "a".repeat(2_000_000) }))],
    [
      "an import with bad lines",
      "/v1/products/import",
      {
        method: "POST",
        headers: { authorization, "content-type": "application/x-ndjson" },
        body: '{"id":"i1","title":"Imported lamp"}\nnot json\n{"id":"i2"}\n',
      },
    ],
    [
      "a replayed key",
      "/v1/products/import",
      { method: "POST", headers: { ...json, "idempotency-key": "" }, body: "[]" },
    ],
    [
      "an image that is none",
      "/v1/images",
      { method: "POST", headers: { authorization, "content-type": "image/png" }, body: "not a picture" },
    ],
    ["a picture that is not there", "/i/img_none/thumb"],
    ["a drawn picture", "/pictures/table-lamp/x.svg"],
  ];
}

export function oddRequests(world: SharedWorld): Promise<Recorded[]> {
  const key = world.credentials.find(({ name }) => name === "a key with catalogue:write");
  const bearer = key?.authorization?.slice("Bearer ".length) ?? "";
  return Promise.all(oddities(bearer).map(([name, path, init = {}]) => record(name, path, init)));
}

/** An upload, whose pictures are asked for in the end. */
export function uploadRequest(world: SharedWorld): Promise<Recorded> {
  const key = world.credentials.find(({ name }) => name === "a key with images:write");
  const authorization = key?.authorization ?? "";
  return record("an upload", "/v1/images", {
    method: "POST",
    headers: { authorization, "content-type": "image/png" },
    body: png([10, 120, 200], 640),
  });
}

export function pictureRequests(id: string, authorization: string): Promise<Recorded[]> {
  const variants = ["thumb", "medium", "large"];
  const accepts = ["image/webp,*/*", "image/*"];
  const pictures = variants.flatMap((variant) =>
    accepts.map((accept) =>
      record(`/i/${variant} for ${accept}`, `/i/${id}/${variant}`, { headers: { accept } }),
    ),
  );
  const range = { headers: { range: "bytes=10-99", accept: "image/*" } };
  const beyond = { headers: { range: "bytes=99999999-", accept: "image/*" } };
  return Promise.all([
    record("the image", `/v1/images/${id}`, { headers: { authorization } }),
    ...pictures,
    record("a range of a picture", `/i/${id}/medium`, range),
    record("a range beyond a picture", `/i/${id}/medium`, beyond),
  ]);
}
