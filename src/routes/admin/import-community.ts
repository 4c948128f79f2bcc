import { createRoute, z } from "@hono/zod-openapi";
import {
  importCommunity,
  MAX_COMMUNITY_BYTES,
  MAX_COMMUNITY_LINE_BYTES,
  MAX_COMMUNITY_LINES,
} from "../../services/community/import-community.ts";
import { budget } from "../budget.ts";
import { encodingHeader, ndjsonInput, packedBody } from "../ndjson.ts";
import { type App, bodyLimit, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

const EXAMPLE = [
  { kind: "person", id: "u-7", name: "Ada Lovelace", email: "ada@old.example", at: "2024-11-02T08:00:00Z" },
  { kind: "person", id: "u-8", name: "Grace Hopper", at: "2024-11-03T08:00:00Z" },
  { kind: "friendship", from: "u-7", to: "u-8", at: "2024-11-04T08:00:00Z" },
  { kind: "post", id: "p-1", author: "u-7", text: "Hello!", at: "2024-11-05T08:00:00Z" },
  { kind: "like", post: "p-1", post_at: "2024-11-05T08:00:00Z", person: "u-8", at: "2024-11-05T09:00:00Z" },
];

const CommunityImportResultSchema = z
  .object({
    accepted: z.int().openapi({ description: "Lines that wrote something" }),
    duplicates: z.int().openapi({ description: "Lines whose content was there already" }),
    rejected_count: z.int(),
    rejected: z
      .array(z.object({ line: z.int(), code: z.string(), detail: z.string() }))
      .openapi({ description: "The first 100" }),
    last_line: z.int().openapi({ description: "The number of the last line read" }),
  })
  .openapi("CommunityImportResult");

export const route = createRoute({
  method: "post",
  path: "/v1/admin/community",
  operationId: "importCommunity",
  tags: ["Operations"],
  summary: "Bring people, friendships and posts from elsewhere",
  description:
    `Read as a stream, at most 64 MB (also unpacked) and ${MAX_COMMUNITY_LINES} lines, \`Content-Encoding: gzip\` or none. ` +
    "A line names only what stands before it or is there; `id`, `author`, `person`, `from`, `to` and `post` are ids of ours or keys of " +
    "yours, the same key the same id each time; a post named by your key needs its time in `post_at`. The rules are those of the " +
    "API's own requests; times may lie in the past. A bad line is rejected by itself; what is there stays as it is, so a broken " +
    "import is resumed by repeating it. Who comes this way has no password and signs in after asking for a new one.",
  ...OPERATOR_ONLY,
  ...budget({ trips: 2, messages: 1, cpu: "bulk" }, "Two trips more for each further batch of lines"),
  ...bodyLimit(MAX_COMMUNITY_BYTES),
  request: {
    headers: encodingHeader,
    body: ndjsonInput({
      description:
        `NDJSON, at most ${MAX_COMMUNITY_LINE_BYTES / 1_024} KB a line: ` +
        '`{kind: "person", id, name, email?, avatar_url?, at}`, `{kind: "friendship", from, to, state?: "friends" | "asked", at}`, ' +
        '`{kind: "post", id, author, text?, mentions?, product_id?, image_ids?, at}`, ' +
        '`{kind: "like", post, post_at?, person, at}`, `{kind: "comment", id, post, post_at?, author, text, mentions?, at}`, ' +
        '`{kind: "hiding", from, to, type: "block" | "mute", at}`',
      example: EXAMPLE.map((line) => `${JSON.stringify(line)}\n`).join(""),
    }),
  },
  responses: {
    200: jsonBody(CommunityImportResultSchema, "What became of the lines"),
    ...problems(400, 403, 413, 415, 422, 503),
  },
});

export function registerImportCommunity(app: App): void {
  app.openapi(route, async (c) => {
    const body = packedBody(c.req.raw, c.req.valid("header")["content-encoding"]);
    const { rejectedCount, lastLine, ...result } = await importCommunity(ctxOf(c), body);
    return c.json({ ...result, rejected_count: rejectedCount, last_line: lastLine }, 200);
  });
}
