import type { TextEntity } from "./post.ts";

type Link = Extract<TextEntity, { kind: "link" }>;

const MAX_URL_LENGTH = 2_048;
const ADDRESS = /(?<![\p{L}\p{N}])https?:\/\/[^\s\p{C}<>"]+/giu;
/** What ends a sentence or a quotation rather than an address. */
const AFTER = /[.,;:!?'…»”’*_~]/;
const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Web addresses that stand in a text outside of `taken`; those with a name or password in them are left as text. */
export function findLinks(text: string, taken: readonly { from: number; to: number }[]): Link[] {
  return Array.from(text.matchAll(ADDRESS)).flatMap(({ index: from, 0: found }) => {
    if (taken.some((other) => other.from <= from && from < other.to)) return [];
    const next = taken.find((other) => other.from > from)?.from ?? Infinity;
    const address = withoutEnd(found.slice(0, next - from));
    const url = addressOf(address);
    return url === null ? [] : [{ kind: "link", from, to: from + address.length, url }];
  });
}

/** Without punctuation at its end, and without brackets that it does not open. */
function withoutEnd(found: string): string {
  const unopened = new Map(
    Object.entries(OPENING).map(([close, open]) => [close, surplus(found, close, open)]),
  );
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1];
    const stray = unopened.get(last) ?? 0;
    if (stray <= 0 && !AFTER.test(last)) break;
    unopened.set(last, stray - 1);
  }
  return found.slice(0, end);
}

function surplus(text: string, close: string, open: string): number {
  return text.split(close).length - text.split(open).length;
}

function addressOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { href, username, password } = new URL(text);
  // A name before the host makes one host look like another.
  return username === "" && password === "" && href.length <= MAX_URL_LENGTH ? href : null;
}
