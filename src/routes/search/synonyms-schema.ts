import { z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { SYNONYM_LIMITS, type SynonymState } from "../../services/search/synonyms.ts";

const Word = z.string().trim().min(1).max(SYNONYM_LIMITS.length);
const Words = z.array(Word).max(SYNONYM_LIMITS.words);

const groups = z
  .array(Words.min(2))
  .max(SYNONYM_LIMITS.entries)
  .openapi({
    description: "Words of a group find each other; several words are looked for side by side",
    example: [["laptop", "notebook"]],
  });

const oneWay = z
  .array(z.strictObject({ from: Word, to: Words.min(1) }))
  .max(SYNONYM_LIMITS.entries)
  .openapi({
    description: "A search for `from` (one word) also finds `to`, not the other way",
    example: [{ from: "ipad", to: ["tablet"] }],
  });

export const SynonymRulesSchema = z
  .strictObject({ groups: groups.default([]), one_way: oneWay.default([]) })
  .openapi("SynonymRules");

// Not an extension of the rules: those take no other member, so that nothing could be both.
export const SynonymsSchema = z
  .object({
    groups,
    one_way: oneWay,
    version: z.int().openapi({ description: "Rises with each write; 0 before the first" }),
    updated_at: z.iso.datetime().nullable(),
  })
  .openapi("Synonyms");

export function wireOf({
  groups,
  one_way,
  version,
  updatedAt,
}: SynonymState): z.output<typeof SynonymsSchema> {
  return {
    groups: groups.map((group) => [...group]),
    one_way: one_way.map(({ from, to }) => ({ from, to: [...to] })),
    version,
    updated_at: updatedAt === null ? null : toRfc3339(updatedAt),
  };
}
