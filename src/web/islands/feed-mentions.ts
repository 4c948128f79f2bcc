import { announce } from "./announce.ts";
import { ask } from "./feed-api.ts";
import type { PageJson } from "./feed-api.ts";
import { nextOption, createOptions } from "./feed-options.ts";
import type { Named } from "./feed-unsent.ts";

const MAX_SHOWN = 6;
const MAX_MENTIONS = 20;
/** `@` and the beginning of a name, up to the caret. */
const BEGUN = /(?:^|[\s(])@([\p{L}\p{M}\p{N}][^\n@]{0,40}|)$/u;

/** Where the names of people stand in a text, as the API takes them. */
export function mentionsIn(
  text: string,
  named: readonly Named[],
): { from: number; to: number; user_id: string }[] {
  const found = named.flatMap(({ id, name }) => {
    const from = text.indexOf(`@${name}`);
    return from < 0 ? [] : [{ from, to: from + name.length + 1, user_id: id }];
  });
  const ordered = found.toSorted((a, b) => a.from - b.from || b.to - a.to);
  return ordered
    .filter(({ from }, at) => at === 0 || from >= (ordered[at - 1]?.to ?? 0))
    .slice(0, MAX_MENTIONS);
}

export interface Mentions {
  named(): readonly Named[];
  set(named: readonly Named[]): void;
}

/** Offers friends behind an `@`. They are asked for once: looking people up by name is limited for everybody. */
export function offerFriends(field: HTMLTextAreaElement, list: HTMLElement): Mentions {
  let friends: Promise<readonly Named[]> | null = null;
  let shown: readonly Named[] = [];
  let chosen: Named[] = [];
  const options = createOptions(field, list, (at) => {
    const friend = shown[at];
    if (friend !== undefined) pick(friend);
  });

  async function look(): Promise<void> {
    const begun = BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1];
    if (begun === undefined) return options.show([]);
    friends ??= loadFriends();
    const prefix = begun.toLocaleLowerCase();
    const all = await friends;
    shown = all.filter(({ name }) => isCalled(name, prefix)).slice(0, MAX_SHOWN);
    // A name that stands there whole is no longer being looked for.
    if (shown.some(({ name }) => name.toLocaleLowerCase() === prefix)) shown = [];
    options.show(shown.map(({ name }) => name));
  }

  function pick(friend: Named): void {
    const start = field.value.lastIndexOf("@", field.selectionStart - 1);
    field.setRangeText(`@${friend.name} `, start, field.selectionStart, "end");
    if (!chosen.some(({ id }) => id === friend.id)) chosen = [...chosen, friend];
    shown = [];
    options.show([]);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    announce(`${friend.name} is mentioned`);
  }

  field.addEventListener("input", () => void look());
  field.addEventListener("click", () => void look());
  field.addEventListener("blur", () => options.show([]));
  field.addEventListener("keydown", (event) => nextOption(event, options));
  return {
    named: () => chosen.filter(({ name }) => field.value.includes(`@${name}`)),
    set: (named) => {
      chosen = [...named];
    },
  };
}

function isCalled(name: string, prefix: string): boolean {
  const folded = name.toLocaleLowerCase();
  return folded.startsWith(prefix) || folded.includes(` ${prefix}`);
}

async function loadFriends(): Promise<readonly Named[]> {
  try {
    const { items } = await ask<PageJson<Named>>("GET /v1/friends?limit=100");
    return items.map(({ id, name }) => ({ id, name }));
  } catch {
    // Without them an `@` is an ordinary sign.
    return [];
  }
}
