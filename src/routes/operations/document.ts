import type { App } from "../openapi.ts";
import { completeOperation, IDEMPOTENCY_PARAMETER, problemResponses, SHARED_HEADERS } from "./complete.ts";
import type { Operation } from "./complete.ts";

export const API_VERSION = "1.0.0";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const DESCRIPTION = `The backend of a marketplace at the edge.

JSON in UTF-8; ids are strings; times are RFC 3339 in UTC; money is an amount in minor units with its currency. Lists
come as \`{items, next_cursor}\` with a \`Link\` to the next page. Errors are \`application/problem+json\` (RFC 9457) with
a stable \`code\`. Every response carries \`X-Request-Id\` and \`Server-Timing\`; with \`?receipt=1\`, or the header \`Receipt: 1\`, what
it has cost as JSON in the header \`Receipt\`.`;

const TAGS = [
  { name: "Search", description: "Finding products: search, suggestions, and what merchants tune." },
  { name: "Catalogue", description: "The catalogue, one product at a time or as a stream." },
  { name: "Accounts", description: "People: signing up, in and out." },
  { name: "Organisations", description: "Merchants, their members, and their keys." },
  { name: "Events", description: "What users did: sent by servers and by pages, counted once." },
  { name: "Analytics", description: "Who was there and what they looked at: each organisation's dashboard." },
  { name: "Experiments", description: "Two settings tried side by side, and what is set for good." },
  { name: "Feed", description: "Friends and their posts, with likes and comments." },
  { name: "Images", description: "Uploads, what becomes of them, and their pictures in three sizes." },
  { name: "Webhooks", description: "Signed messages to an organisation's own server." },
  { name: "Pictures", description: "Pictures drawn from their address, for demo products." },
  {
    name: "Operations",
    description: "Whether the deployment is ready, and what its operator sees and does.",
  },
];

export type ApiDocument = ReturnType<App["getOpenAPI31Document"]>;

function registerShared(app: App): void {
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "vk_…",
    description:
      "An API key of an organisation: `Authorization: Bearer vk_…`. It acts for that organisation alone, within its scopes.",
  });
  registry.registerComponent("securitySchemes", "session", {
    type: "http",
    scheme: "bearer",
    description:
      "A person: the token of a session (`set-auth-token` of signing in), its cookie, or a JWT of an issuer that the deployment trusts.",
  });
  registry.registerComponent("securitySchemes", "operatorKey", {
    type: "http",
    scheme: "bearer",
    description: "The deployment's operator key: `Authorization: Bearer …`.",
  });
  registry.registerComponent("parameters", "IdempotencyKey", IDEMPOTENCY_PARAMETER);
  for (const [name, header] of Object.entries(SHARED_HEADERS))
    registry.registerComponent("headers", name, header);
  const problems = problemResponses({ $ref: "#/components/schemas/Problem" });
  for (const [name, response] of Object.entries(problems)) {
    registry.registerComponent("responses", name, { description: name, ...response });
  }
}

function usedTags(document: ApiDocument): string[] {
  const operations = Object.values(document.paths ?? {}).flatMap(
    (item) => Object.values(item) as Operation[],
  );
  return [...new Set(operations.flatMap(({ tags }) => tags ?? []))];
}

/** The OpenAPI 3.1 document of all registered routes. It takes milliseconds: once an isolate is enough. */
export function buildDocument(app: App): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Vitrine",
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: "MIT" },
    },
    servers: [{ url: "/", description: "This deployment" }],
  });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item)) {
      if (METHODS.includes(method)) completeOperation(path, method, operation as Operation);
    }
  }
  const used = usedTags(document);
  document.tags = [
    ...TAGS.filter(({ name }) => used.includes(name)),
    ...used.filter((name) => TAGS.every((tag) => tag.name !== name)).map((name) => ({ name })),
  ];
  return document;
}

/** The document as a value of the isolate, made when it is first asked for. */
export function lazyDocument(app: App): () => ApiDocument {
  registerShared(app);
  let document: ApiDocument | undefined;
  return () => (document ??= buildDocument(app));
}
