import { createRoute, z } from "@hono/zod-openapi";
import { IMAGE_STATES } from "../../domain/image.ts";
import { listImages } from "../../services/images/list.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  listOf,
  orgChoice,
  PERSON_OR_KEY,
  problems,
} from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { ImageSchema, imageWire } from "./schemas.ts";

const status = z.enum(IMAGE_STATES).optional().openapi({ description: "Only images in this state" });

export const route = createRoute({
  method: "get",
  path: "/v1/images",
  operationId: "listImages",
  tags: ["Images"],
  summary: "Images, the newest first",
  description: "A key lists its organisation's, a person their own, or with `org` an organisation's.",
  ...PERSON_OR_KEY,
  ...budget(),
  request: { query: z.object({ org: orgChoice, status, limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("ImageList", ImageSchema), "A page of images"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListImages(app: App): void {
  app.openapi(route, async (c) => {
    const { org, status: state, limit, cursor } = c.req.valid("query");
    const page = await listImages(ctxOf(c), { org, state, limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(imageWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
