/** What people say of goods of one kind. Slots are those of `wordsOf`; `[a|b]` is either. */
export interface GoodsTalk {
  /** Sentences that follow one another in any order. */
  lived: readonly string[];
  asked: readonly string[];
  /** To who asks. */
  answers: readonly string[];
}

export function talk(lived: string, asked: string, answers: string): GoodsTalk {
  const lines = (text: string): string[] => text.trim().split(/\n\s*/);
  return { lived: lines(lived), asked: lines(asked), answers: lines(answers) };
}
