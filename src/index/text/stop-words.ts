const STOP_WORDS = new Set(
  "a an and are as at be but by for from has have if in into is it its no nor of on or so such that the their then there these they this to was were will with your you".split(
    " ",
  ),
);

/** Words left out of a query that has others. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
