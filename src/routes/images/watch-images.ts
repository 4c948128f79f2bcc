import { createRoute, z } from "@hono/zod-openapi";
import { MAX_WATCHED } from "../../services/images/watch.ts";
import { budget } from "../budget.ts";
import { type App, PERSON_OR_KEY, problems } from "../openapi.ts";
import { imageId } from "./schemas.ts";
import { LAST_EVENT, statusEvents } from "./status-events.ts";

const responses = {
  200: {
    description: "Events `status`, each with the image",
    content: { "text/event-stream": { schema: z.string() } },
  },
  204: { description: "Nothing will change any more: do not connect again" },
  ...problems(400, 403, 404, 503),
};

const headers = z.object({
  "last-event-id": z
    .string()
    .max(100)
    .optional()
    .openapi({ description: `\`${LAST_EVENT}\` after the last event, as a browser sends it by itself` }),
});

const SHARED_DESCRIPTION =
  "An event `status` for how each is now, and for each change; `gone` with the `id` of one that is deleted. The stream ends " +
  "with the last change, or after a minute: then connect again.";

export const oneRoute = createRoute({
  method: "get",
  path: "/v1/images/{id}/events",
  operationId: "watchImage",
  tags: ["Images"],
  summary: "Follow an image until it is ready or failed",
  description: SHARED_DESCRIPTION,
  ...PERSON_OR_KEY,
  ...budget(
    { cpu: "bulk" },
    "A stream of a minute at most: a trip every two seconds, until what is watched has ended",
  ),
  request: { params: z.object({ id: imageId }), headers },
  responses,
});

const ids = z
  .string()
  .max(MAX_WATCHED * 65)
  .transform((text) => [...new Set(text.split(",").filter((id) => id !== ""))])
  .pipe(z.array(imageId).min(1).max(MAX_WATCHED))
  .openapi({
    type: "string",
    description: `1 to ${MAX_WATCHED} ids with commas between them`,
    example: "img_019b7ca98c8870b4808e96fd1b3df43e",
  });

export const manyRoute = createRoute({
  method: "get",
  path: "/v1/images/events",
  operationId: "watchImages",
  tags: ["Images"],
  summary: "Follow several images on one connection",
  description: SHARED_DESCRIPTION,
  ...PERSON_OR_KEY,
  ...budget({ cpu: "bulk" }, "A stream: a trip every two seconds until what is watched has ended"),
  request: { query: z.object({ ids }), headers },
  responses,
});

/** The one without an id in its path goes first: of routes that match, the first answers. */
export function registerWatchImages(app: App): void {
  app.openapi(manyRoute, (c) => statusEvents(c, c.req.valid("query").ids));
  app.openapi(oneRoute, (c) => statusEvents(c, [c.req.valid("param").id]));
}
