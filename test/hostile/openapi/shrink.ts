import type { Draft, DraftBody, Part } from "./draft.ts";
import { RawJson } from "./hostile-values.ts";

const MOST_TRIES = 150;

/** Smaller values, the smallest first; never the value itself. */
function* smaller(value: unknown): Generator<unknown> {
  if (typeof value === "string") {
    if (value.length > 1) yield value.slice(0, Math.ceil(value.length / 2));
    if (value.length > 1) yield value.slice(Math.ceil(value.length / 2));
    if (value.length > 1 && value.length < 12) yield value.slice(1);
  } else if (Array.isArray(value)) {
    const items: unknown[] = value;
    if (items.length > 1) yield items.slice(0, Math.ceil(items.length / 2));
    for (let i = 0; i < Math.min(items.length, 10); i++) yield items.toSpliced(i, 1);
    for (let i = 0; i < Math.min(items.length, 10); i++)
      for (const item of smaller(items[i])) yield items.with(i, item);
  } else if (typeof value === "object" && value !== null && !(value instanceof RawJson)) {
    const entries = Object.entries(value);
    for (let i = 0; i < entries.length; i++) yield Object.fromEntries(entries.toSpliced(i, 1));
    for (let i = 0; i < entries.length; i++)
      for (const member of smaller(entries[i][1]))
        yield Object.fromEntries(entries.with(i, [entries[i][0], member]));
  }
}

function* smallerBodies(body: DraftBody | null): Generator<DraftBody> {
  if (body === null) return;
  if ("json" in body) for (const json of smaller(body.json)) yield { json };
  else if (body.bytes.length > 1) {
    const half = Math.ceil(body.bytes.length / 2);
    yield { bytes: body.bytes.slice(0, half) };
    yield { bytes: body.bytes.slice(half) };
  }
}

function* smallerParts(parts: readonly Part[]): Generator<Part[]> {
  for (const [i, part] of parts.entries()) {
    if (part.isRaw === true) continue;
    for (const value of smaller(part.value)) yield parts.with(i, { ...part, value: String(value) });
  }
}

function* smallerDrafts(draft: Draft): Generator<Draft> {
  for (let i = 0; i < draft.headers.length; i++) yield { ...draft, headers: draft.headers.toSpliced(i, 1) };
  for (let i = 0; i < draft.query.length; i++) yield { ...draft, query: draft.query.toSpliced(i, 1) };
  for (const body of smallerBodies(draft.body)) yield { ...draft, body };
  for (const query of smallerParts(draft.query)) yield { ...draft, query };
  for (const params of smallerParts(draft.params)) yield { ...draft, params };
}

/** The smallest request found that still `fails`; where the same one does not fail again, itself. */
export async function shrunk(draft: Draft, fails: (draft: Draft) => Promise<boolean>): Promise<Draft> {
  let best = draft;
  let tries = 0;
  for (let isSmaller = true; isSmaller && tries < MOST_TRIES;) {
    isSmaller = false;
    for (const candidate of smallerDrafts(best)) {
      if (tries++ >= MOST_TRIES) break;
      if (!(await fails(candidate))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}
