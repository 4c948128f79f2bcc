import type { Product } from "../domain/product.ts";
import { cesu8Length } from "./format/cesu8.ts";
import { COMPANION, HEADS, REPEATED, STEMMED, occurrenceWeight } from "./scoring.ts";
import type { Field } from "./scoring.ts";
import { headPositions } from "./text/heads.ts";
import { stem } from "./text/stem.ts";
import { tokenize } from "./text/tokenize.ts";
import type { Token } from "./text/tokenize.ts";

/** Begins a pseudo-term for the first one or two letters of a word of the title or brand; no word contains it. */
const EDGE_MARK = "\u0001";
export const EDGE_LENGTH = 2;

/** Sorts behind every pseudo-term and before every word. */
export const EDGE_END = "\u0002";

/**
 * The pseudo-term that lists the documents with a title or brand word that begins with these two letters, or is this
 * one; those of all words that begin with one letter begin with its pseudo-term.
 */
export function edgeTerm(letters: string): string {
  return EDGE_MARK + letters;
}

/** Title positions beyond this are not kept with the posting. */
export const MAX_TITLE_POSITION = 253;

/** Bytes of a term in a dictionary. */
export function termBytes(term: string): number {
  return cesu8Length(term);
}

/** A term in one document. */
export interface TermEntry {
  /** Weighted, not yet saturated. */
  weight: number;
  /** Where it first stands in the title, up to `MAX_TITLE_POSITION`; -1 elsewhere. */
  titlePosition: number;
  /** Ascending, in title and description; the description's begin one after the title's end, so none are adjacent. */
  positions: number[];
}

export interface Analysis {
  terms: Map<string, TermEntry>;
  /** Words of the title. */
  titleLength: number;
}

/** What a product is found by. A pure function of the product. */
export function analyseProduct(product: Product): Analysis {
  const terms = new Map<string, TermEntry>();
  const titleLength = addField(terms, "title", product.title, 0);
  addField(terms, "brand", product.brand ?? "", -1);
  addField(terms, "category", product.category.join(" / "), -1);
  addField(terms, "attributes", attributeText(product), -1);
  addField(terms, "description", product.description, titleLength + 1);
  return { terms, titleLength };
}

/** Values, and the names of what is true (`waterproof`). */
function attributeText(product: Product): string {
  let text = "";
  for (const [name, value] of Object.entries(product.attributes)) {
    if (value === false) continue;
    text += ` / ${value === true ? name.replaceAll("_", " ") : String(value)}`;
  }
  return text;
}

/** Words of a text: the last token always ends at the last word. */
function countParts(tokens: readonly Token[]): number {
  const last = tokens[tokens.length - 1];
  return last === undefined ? 0 : last.position + last.parts;
}

/** Adds a field and returns its words; `base` is the position of the first, -1 for a field without positions. */
function addField(terms: Map<string, TermEntry>, field: Field, source: string, base: number): number {
  if (source === "") return 0;
  const tokens = tokenize(source);
  const length = countParts(tokens);
  const inTitle = field === "title";
  const edges = inTitle || field === "brand";
  const { within, factor } = HEADS[field];
  const heads = within > 0 ? headPositions(source, tokens, within) : null;
  const full = occurrenceWeight(field, length);
  let weight = full;
  for (const token of tokens) {
    const at = base < 0 ? -1 : base + token.position;
    if (inTitle && token.position > 0 && token.text === "for") weight = full * COMPANION;
    const isHead = heads !== null && heads.has(token.position + token.parts - 1);
    const own = isHead ? weight * factor : weight;
    const stemmed = stem(token.text);
    if (stemmed !== token.text) add(terms, stemmed, own * STEMMED, at, inTitle);
    if (stemmed === token.text || token.parts === 1) add(terms, token.text, own, at, inTitle);
    if (!edges || token.parts > 1 || token.kind === "bigram" || token.kind === "char") continue;
    addEdge(terms, edgeTerm(token.text.slice(0, EDGE_LENGTH)), weight, inTitle ? at : -1);
  }
  return length;
}

function entryOf(terms: Map<string, TermEntry>, term: string): TermEntry {
  let entry = terms.get(term);
  if (entry === undefined) terms.set(term, (entry = { weight: 0, titlePosition: -1, positions: [] }));
  return entry;
}

function add(
  terms: Map<string, TermEntry>,
  term: string,
  weight: number,
  at: number,
  inTitle: boolean,
): void {
  const entry = entryOf(terms, term);
  const repeated = at >= 0 && !inTitle && entry.positions.length > 0;
  entry.weight += repeated ? weight * REPEATED : weight;
  if (at < 0) return;
  if (inTitle && at <= MAX_TITLE_POSITION && (entry.titlePosition < 0 || at < entry.titlePosition))
    entry.titlePosition = at;
  const { positions } = entry;
  if (positions[positions.length - 1] !== at) positions.push(at);
}

function addEdge(terms: Map<string, TermEntry>, term: string, weight: number, at: number): void {
  const entry = entryOf(terms, term);
  entry.weight += weight;
  if (at >= 0 && at <= MAX_TITLE_POSITION && (entry.titlePosition < 0 || at < entry.titlePosition))
    entry.titlePosition = at;
}
