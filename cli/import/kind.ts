import type { Refusal } from "./reading/record.ts";

/** A record in the form the service takes, or why it has none. */
export type Converted =
  | { value: Record<string, unknown> }
  | {
      refusal: Refusal;
      /** Names in the record that nothing is mapped to: in the first records, a mistake of the call. */
      unknown?: readonly string[];
    };

export type Convert = (value: unknown, line: number) => Converted;

/** What is imported: how a record becomes what the service takes, and where it goes. */
export interface ImportKind {
  /** As in "12 products could be sent". */
  noun: string;
  /** The route that takes NDJSON. */
  path: string;
  convert: Convert;
  /** What decides how a record is read: another one is another import. */
  how: unknown;
  /** Records a request, where the call does not say. */
  chunkRecords: number;
  /** Lines may name what stands before them: one request at a time. */
  isOrdered?: true;
  /** Why the import does not begin, where nothing is mapped to `names` of the first records. */
  explainUnknown(names: readonly string[]): string;
  /** Codes of refusals that history just has: however many, they say nothing against the call. */
  innocent?: ReadonlySet<string>;
  /** What to do where the service takes nothing for this reason. */
  hintOn?(code: string): string | null;
  /** What to tell a person of how the first records were read. */
  noteAfterFirst?(): string | null;
  /** What to tell of all of them. */
  noteAtEnd?(): string | null;
}
