import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../src/domain/errors.ts";
import { conditional } from "../../src/routes/middleware/conditional.ts";
import { linkNext } from "../../src/routes/middleware/next-link.ts";
import {
  bodyLimit,
  jsonBody,
  jsonInput,
  limitParam,
  ANY_CREDENTIAL,
  PUBLIC,
  type App,
} from "../../src/routes/openapi.ts";

const Note = z.object({ text: z.string().max(20), tags: z.array(z.string()).max(30).optional() });

const create = createRoute({
  ...ANY_CREDENTIAL,
  method: "post",
  path: "/v1/echo",
  request: { body: jsonInput(Note) },
  responses: { 201: jsonBody(Note.extend({ call: z.int() }), "The note") },
});

const upload = createRoute({
  ...PUBLIC,
  ...bodyLimit(1_000),
  method: "put",
  path: "/v1/echo/{id}",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ limit: limitParam() }),
    body: { required: true, content: { "application/x-ndjson": { schema: z.string() } } },
  },
  responses: { 200: jsonBody(z.object({ bytes: z.int() }), "How much came") },
});

/** Routes that answer what they are given, to show the conventions by themselves. `calls` counts what was done. */
export function echoRoutes(calls = { count: 0 }): (app: App) => void {
  return (app) => {
    app.openapi(create, (c) => {
      calls.count++;
      const { text } = c.req.valid("json");
      if (text === "taken") throw new AppError("conflict", "The text is taken");
      if (text === "bug") throw new Error("secret inside: hunter2", { cause: new Error("deep") });
      if (text === "busy") throw new AppError("unavailable", { detail: "Busy", retryAfterSeconds: 1.2 });
      return c.json({ ...c.req.valid("json"), call: calls.count }, 201, { Location: "/v1/echo/1" });
    });
    app.openapi(upload, async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }, 200));
    app.get("/v1/versions/:etag", (c) => {
      const cacheControl = "public, max-age=60";
      linkNext(c, "abc");
      return conditional(c, { etag: `"${c.req.param("etag")}"`, cacheControl, vary: "Accept" }, () =>
        c.text("body"),
      );
    });
    app.get("/v1/frozen", () => Response.redirect("https://shop.example/elsewhere"));
  };
}
