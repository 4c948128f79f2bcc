import { z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import type { DeadLetter } from "../../services/dead-letters.ts";

export const DeadLetterSchema = z
  .object({
    id: z.string(),
    job_id: z.string(),
    kind: z.string(),
    body: z.unknown().openapi({ description: "The message as it came" }),
    reason: z.string(),
    attempts: z.int(),
    created_at: z.iso.datetime(),
  })
  .openapi("DeadLetter");

export function deadLetterWire(letter: DeadLetter) {
  return { ...letter, created_at: toRfc3339(letter.created_at) };
}
