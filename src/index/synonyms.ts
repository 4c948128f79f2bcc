import { stem } from "./text/stem.ts";
import { tokenize } from "./text/tokenize.ts";

/** What a query's word also finds, by `synonymKey`: words, or phrases of words that stand side by side. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** Under which key a word's synonyms are looked up; `null` for a text that is not one word. */
export function synonymKey(text: string): string | null {
  const tokens = tokenize(text, 4);
  const whole = tokens.find((token) => token.parts === tokens.length - 1) ?? tokens[0];
  if (whole === undefined || (tokens.length > 1 && whole.parts === 1)) return null;
  return stem(whole.text);
}
