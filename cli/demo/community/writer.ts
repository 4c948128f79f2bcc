import type { Random } from "../random.ts";
import type { WireMention } from "./lines.ts";

export interface Named {
  id: string;
  name: string;
}

export interface Written {
  text: string;
  mentions: WireMention[];
}

const PART = /\[([^\]]*)\]|\{(@?\w+)\}/g;

/**
 * A template's text: one of each `[a|b]`, words for its `{slots}`, with a capital where the slot has one, and `{@friend}` as
 * a mention. Throws where a slot has no word, which is a mistake in the phrases.
 */
export function write(
  random: Random,
  template: string,
  words: ReadonlyMap<string, string> = new Map(),
  friend?: Named,
): Written {
  const mentions: WireMention[] = [];
  let text = "";
  let from = 0;
  for (const match of template.matchAll(PART)) {
    const [all, choices, slot] = match;
    text += template.slice(from, match.index);
    from = match.index + all.length;
    if (choices !== undefined) text += random.pick(choices.split("|"));
    else if (slot === "@friend" && friend !== undefined) {
      mentions.push({ from: text.length, to: text.length + friend.name.length + 1, user_id: friend.id });
      text += `@${friend.name}`;
    } else text += wordFor(slot, words, template);
  }
  return { text: text + template.slice(from), mentions };
}

function wordFor(slot: string, words: ReadonlyMap<string, string>, template: string): string {
  const own = words.get(slot);
  if (own !== undefined) return own;
  const lower = words.get(slot.charAt(0).toLowerCase() + slot.slice(1));
  if (lower === undefined) throw new Error(`Cannot write "${template}": there is no word for "${slot}"`);
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** One after the other, with `between` them; mentions move along. */
export function joined(parts: readonly Written[], between: string): Written {
  const mentions: WireMention[] = [];
  let text = "";
  for (const part of parts) {
    if (part.text === "") continue;
    if (text !== "") text += between;
    const offset = text.length;
    mentions.push(
      ...part.mentions.map(({ from, to, user_id }) => ({ from: from + offset, to: to + offset, user_id })),
    );
    text += part.text;
  }
  return { text, mentions };
}
