import { AppError } from "./errors.ts";
import type { TextEntity } from "./post.ts";

type Mention = Extract<TextEntity, { kind: "mention" }>;

/** `@` and a person's name; offsets are UTF-16 code units of the text as it was sent. */
export interface GivenMention {
  from: number;
  to: number;
  userId: string;
}

/** Whom a text names, for the database to say whether that is their name. */
export interface Mentioned {
  userId: string;
  /** As the text has it, and as it was sent: names are kept as they were given, which may not be NFC. */
  names: readonly [string, string];
}

interface Tidied {
  text: string;
  /** Gives the beginning of `text` for a beginning of what was sent. */
  tidyStart: (given: string) => string;
}

/** The mentions of a text, in its order, with their places in the tidied one. Throws `invalid_input`. */
export function readMentions(
  given: string,
  mentions: readonly GivenMention[],
  tidied: Tidied,
): { entities: Mention[]; mentioned: Mentioned[] } {
  const entities = mentions.map((mention, at) => {
    const entity = placeOf(given, mention, tidied);
    if (entity === null) throw badMention(at, 'Expected `from` and `to` around "@" and a name in the text');
    return entity;
  });
  const mentioned = mentions.map(({ userId, from, to }, at): Mentioned => {
    const name = tidied.text.slice(entities[at].from + 1, entities[at].to);
    return { userId, names: [name, given.slice(from + 1, to)] };
  });
  const ordered = entities.toSorted((a, b) => a.from - b.from);
  const overlap = ordered.find((entity, at) => at > 0 && entity.from < ordered[at - 1].to);
  if (overlap !== undefined)
    throw badMention(entities.indexOf(overlap), "Expected mentions that do not overlap");
  return { entities: ordered, mentioned };
}

export function badMention(at: number, message: string): AppError {
  return new AppError("invalid_input", {
    detail: `The mention ${at} is not taken: ${message}`,
    errors: [{ path: `mentions.${at}`, message }],
  });
}

function placeOf(given: string, { from, to, userId }: GivenMention, tidied: Tidied): Mention | null {
  const named = given.slice(from, to);
  if (to > given.length || !/^@[^\n\r\u2028\u2029]+$/.test(named)) return null;
  const start = tidied.tidyStart(given.slice(0, from)).length;
  const shown = named.normalize("NFC");
  if (tidied.text.slice(start, start + shown.length) !== shown) return null;
  return { kind: "mention", from: start, to: start + shown.length, user_id: userId };
}
