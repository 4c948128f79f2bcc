import { readFileSync } from "node:fs";
import { BackupError } from "../errors.ts";

interface Journal {
  entries: { when: number; tag: string }[];
}

/** Where a backup's schema stands among those that this version knows. Throws `BackupError` for one of a newer version. */
export function knownSchema(schema: number): { tag: string; isNewest: boolean } {
  const url = new URL("../../drizzle/meta/_journal.json", import.meta.url);
  const { entries } = JSON.parse(readFileSync(url, "utf8")) as Journal;
  const found = entries.find(({ when }) => when === schema);
  if (found !== undefined) return { tag: found.tag, isNewest: found === entries.at(-1) };
  throw new BackupError(
    "The backup has a schema that this version of Vitrine does not know: restore it with the version that made it, or a newer one",
  );
}
