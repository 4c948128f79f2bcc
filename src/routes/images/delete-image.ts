import { createRoute, z } from "@hono/zod-openapi";
import { deleteImage } from "../../services/images/delete.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { imageId } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/images/{id}",
  operationId: "deleteImage",
  tags: ["Images"],
  summary: "Delete an image",
  description:
    "Its pictures are gone within a minute, but for caches that have them. Refused while products of your organisations show it.",
  ...needs("images:write"),
  ...budget(),
  request: { params: z.object({ id: imageId }) },
  responses: { 204: { description: "Deleted" }, ...problems(400, 403, 404, 409, 503) },
});

export function registerDeleteImage(app: App): void {
  app.openapi(route, async (c) => {
    await deleteImage(ctxOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
}
