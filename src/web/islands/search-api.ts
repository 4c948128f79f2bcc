import { apiHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import type { Problem, SearchPage } from "../search-page.ts";

export interface Suggestion {
  text: string;
  kind: "query" | "product" | "brand" | "category";
  id?: string;
  highlights: readonly (readonly [number, number])[];
}

/** Why an answer did not come. */
export class SearchFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`The search failed: ${problem}`);
    this.problem = problem;
  }
}

// The answers are our own API's, of the same deployment: they are taken as they are documented.

/** Told with which answer the list is drawn; only answers of an experiment are named. */
let noteQueryId: (queryId: string | null) => void = () => undefined;

export function onQueryId(note: (queryId: string | null) => void): void {
  noteQueryId = note;
}

/** Asks `GET /v1/search`. Throws `SearchFailure`; rejects with the signal's reason when aborted. */
export async function fetchPage(query: ShopQuery, signal: AbortSignal): Promise<SearchPage> {
  const response = await fetchAnswer(apiHref(query), signal);
  const page = (await response.json()) as SearchPage;
  if (query.cursor === null) noteQueryId(response.headers.get("Query-Id"));
  return page;
}

export async function fetchSuggestions(q: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const answer = (await fetchJson(`/v1/suggest?${new URLSearchParams({ q })}`, signal)) as SuggestAnswer;
  return answer.items;
}

interface SuggestAnswer {
  items: readonly Suggestion[];
}

async function fetchJson(href: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetchAnswer(href, signal);
  return await response.json();
}

async function fetchAnswer(href: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new SearchFailure(navigator.onLine ? "broken" : "offline");
    },
  );
  if (!response.ok) throw new SearchFailure(response.status === 429 ? "busy" : "broken");
  return response;
}
