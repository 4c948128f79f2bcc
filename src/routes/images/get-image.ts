import { createRoute, z } from "@hono/zod-openapi";
import { getImage } from "../../services/images/get.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, PERSON_OR_KEY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { imageId, ImageSchema, imageWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/images/{id}",
  operationId: "getImage",
  tags: ["Images"],
  summary: "Read what became of an image",
  description: "For its owner: the person, or members and keys of the organisation.",
  ...PERSON_OR_KEY,
  ...budget(),
  request: { params: z.object({ id: imageId }) },
  responses: { 200: jsonBody(ImageSchema, "The image"), ...problems(400, 403, 404, 503) },
});

export function registerGetImage(app: App): void {
  app.openapi(route, async (c) => {
    const image = await getImage(ctxOf(c), c.req.valid("param").id);
    return c.json(imageWire(image), 200, NO_STORE);
  });
}
