import { sha256Hex } from "../../domain/digest.ts";
import { conditional, etagOf } from "../middleware/conditional.ts";
import type { App } from "../openapi.ts";
import type { ApiDocument } from "./document.ts";

const CACHE_CONTROL = "public, max-age=300";

export function registerOpenApiJson(app: App, documentOf: () => ApiDocument): void {
  let served: { text: string; etag: string } | undefined;
  app.get("/openapi.json", async (c) => {
    const text = served?.text ?? JSON.stringify(documentOf());
    served ??= { text, etag: etagOf((await sha256Hex(text)).slice(0, 32)) };
    const { etag } = served;
    return conditional(c, { etag, cacheControl: CACHE_CONTROL }, () => {
      return c.body(text, 200, { "Content-Type": "application/json" });
    });
  });
}
