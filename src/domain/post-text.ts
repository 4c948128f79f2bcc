import { AppError } from "./errors.ts";
import { findLinks } from "./post-text-links.ts";
import { readMentions } from "./post-text-mentions.ts";
import type { GivenMention, Mentioned } from "./post-text-mentions.ts";
import type { TextEntity } from "./post.ts";

/** More blank lines in a row are cut to as many. */
const MAX_BLANK_LINES = 3;
const LINE_END = /\r\n?|[\u2028\u2029]/g;
/** Something to see, which marks, spaces and characters that are ignored where they are unknown are not. */
const VISIBLE = /(?=[\p{L}\p{N}\p{P}\p{S}])\P{Default_Ignorable_Code_Point}/u;
const CONTROL = /[^\P{Cc}\n\t]/u;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
const [END_OF_EMBEDDING, END_OF_ISOLATE] = ["\u202C", "\u2069"];

export interface PostText {
  /** Tidied; empty where there is nothing to see. */
  text: string;
  /** In the order of the text, none overlapping. */
  entities: TextEntity[];
  mentioned: Mentioned[];
}

/**
 * A text as it is kept: in NFC, with line feeds alone, without white space around it, of at most `maxLength` code points,
 * with what it links to and whom it mentions. Throws `invalid_input` for more, for control characters but line feeds and
 * tabs, for lone surrogates, for a line that does not close the embeddings, overrides and isolates of its direction (they
 * would turn what stands after the text), and for mentions that do not stand in it.
 */
export function readPostText(given: string, mentions: readonly GivenMention[], maxLength: number): PostText {
  if (!given.isWellFormed()) throw badText("Expected well-formed Unicode: found half of a surrogate pair");
  const tidy = tidyStart(given).trimEnd();
  const text = VISIBLE.test(tidy) ? tidy : "";
  refuseControls(tidy);
  refuseLength(text, maxLength);
  const read = readMentions(given, mentions, { text, tidyStart });
  const links = findLinks(text, read.entities);
  const entities = [...links, ...read.entities].sort((a, b) => a.from - b.from);
  return { text, entities, mentioned: read.mentioned };
}

export function badText(message: string): AppError {
  return new AppError("invalid_input", {
    detail: `The text is not taken: ${message}`,
    errors: [{ path: "text", message }],
  });
}

/** Of a text's beginning it is the beginning of what it is of the whole, where what follows is no mark and no line's end. */
function tidyStart(given: string): string {
  const lines = given.replace(LINE_END, "\n").normalize("NFC").split("\n");
  const kept: string[] = [];
  let blank = 0;
  for (const [at, line] of lines.entries()) {
    const isBlank = at < lines.length - 1 && line.trim() === "";
    blank = isBlank ? blank + 1 : 0;
    if (blank <= MAX_BLANK_LINES) kept.push(isBlank ? "" : line);
  }
  return kept.join("\n").trimStart();
}

function refuseControls(text: string): void {
  const control = CONTROL.exec(text)?.[0].codePointAt(0);
  if (control !== undefined) {
    const name = control.toString(16).toUpperCase().padStart(4, "0");
    throw badText(`Expected no control characters but line feeds and tabs: found U+${name}`);
  }
  if (!text.split("\n").every(closesItsDirections))
    throw badText(
      "Expected each line to close the embeddings, overrides and isolates of direction that it opens",
    );
}

function closesItsDirections(line: string): boolean {
  const open: string[] = [];
  for (const [character] of line.matchAll(BIDI)) {
    if (character !== END_OF_EMBEDDING && character !== END_OF_ISOLATE)
      open.push(character < END_OF_ISOLATE && character > "\u2065" ? END_OF_ISOLATE : END_OF_EMBEDDING);
    else if (open.pop() !== character) return false;
  }
  return open.length === 0;
}

function refuseLength(text: string, maxLength: number): void {
  const length = Array.from(text).length;
  if (length > maxLength) throw badText(`Expected at most ${maxLength} characters: found ${length}`);
}
