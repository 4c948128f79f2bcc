import type { Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { grouped, printFields } from "../output.ts";
import { SourceError } from "./reading/bytes.ts";
import { openSource } from "./file-source.ts";
import type { ImportKind } from "./kind.ts";
import type { Rejection } from "./rejected.ts";
import { NOTHING_YET } from "./state.ts";

const SHOWN = 3;

/** Reads and converts everything, and shows the first results and the first refusals. Sends nothing. */
export async function dryRun(invocation: Invocation, kind: ImportKind): Promise<number> {
  let [good, bad] = [0, 0];
  const first: unknown[] = [];
  const refused: Rejection[] = [];
  let broken: string | null = null;
  try {
    for await (const chunk of openSource(invocation, kind).chunks(NOTHING_YET)) {
      good += chunk.lines.length;
      bad += chunk.refused.length;
      for (const { text } of chunk.lines.slice(0, SHOWN - first.length)) first.push(JSON.parse(text));
      refused.push(...chunk.refused.slice(0, SHOWN - refused.length));
      invocation.signal.throwIfAborted();
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    broken = error.message;
  }
  if (invocation.flag("json")) printFields(invocation, { [kind.noun]: good, refused: bad, broken, first });
  else {
    for (const value of first) invocation.out(`${JSON.stringify(value, null, 2)}\n`);
    for (const { line, detail } of refused) invocation.err(`Line ${line}: ${detail}\n`);
    if (broken !== null) invocation.err(`${broken}\n`);
    invocation.out(
      `${grouped(good)} ${kind.noun} could be sent, ${grouped(bad)} lines are refused. Nothing was sent.\n`,
    );
  }
  if (broken !== null) return EXIT.failed;
  return bad > 0 ? EXIT.rejected : EXIT.ok;
}
