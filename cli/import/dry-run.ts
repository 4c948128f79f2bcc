import type { Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { grouped, printFields } from "../output.ts";
import { SourceError } from "./bytes.ts";
import type { Chunk } from "./chunks.ts";
import type { Rejection } from "./rejected.ts";

const SHOWN = 3;

/** Reads and converts everything, and shows the first products and the first refusals. Sends nothing. */
export async function dryRun(invocation: Invocation, chunks: AsyncIterable<Chunk>): Promise<number> {
  let [good, bad] = [0, 0];
  const products: unknown[] = [];
  const refused: Rejection[] = [];
  let broken: string | null = null;
  try {
    for await (const chunk of chunks) {
      good += chunk.lines.length;
      bad += chunk.refused.length;
      for (const { text } of chunk.lines.slice(0, SHOWN - products.length)) products.push(JSON.parse(text));
      refused.push(...chunk.refused.slice(0, SHOWN - refused.length));
      invocation.signal.throwIfAborted();
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    broken = error.message;
  }
  if (invocation.flag("json"))
    printFields(invocation, { products: good, refused: bad, broken, first: products });
  else {
    for (const product of products) invocation.out(`${JSON.stringify(product, null, 2)}\n`);
    for (const { line, detail } of refused) invocation.err(`Line ${line}: ${detail}\n`);
    if (broken !== null) invocation.err(`${broken}\n`);
    invocation.out(
      `${grouped(good)} products could be sent, ${grouped(bad)} lines are refused. Nothing was sent.\n`,
    );
  }
  if (broken !== null) return EXIT.failed;
  return bad > 0 ? EXIT.rejected : EXIT.ok;
}
