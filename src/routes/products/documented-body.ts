import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import type { App, AppEnv } from "../openapi.ts";
import { ProductInputSchema, ProductPatchSchema } from "./schemas.ts";

/** A body that the document describes by name and the verb reads by itself. */
export function documentedBody(name: "ProductInput" | "ProductPatch", types: readonly string[]) {
  const schema = { $ref: `#/components/schemas/${name}` };
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

export function registerBodies(app: App): void {
  app.openAPIRegistry.register("ProductInput", ProductInputSchema);
  app.openAPIRegistry.register("ProductPatch", ProductPatchSchema);
}

/** Throws `bad_request` for what is not UTF-8 or not JSON. */
export async function readJson(c: Context<AppEnv>): Promise<unknown> {
  const bytes = await c.req.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (cause) {
    throw new AppError("bad_request", "The body is not JSON in UTF-8", cause);
  }
}
