import { z } from "@hono/zod-openapi";

export const blobKey = z.string().openapi({
  description: "Where it lies: `originals/` and the like, then the SHA-256 of its bytes",
  example: `originals/${"0123456789abcdef".repeat(4)}`,
});

export const keyQuery = z.object({ key: blobKey.min(1).max(200) });

export const BINARY = { type: "string", format: "binary" } as const;
