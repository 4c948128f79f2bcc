import { itemsOf, record, type Api } from "../api.ts";

const PRODUCTS = 100;

/** Words of products, without those of one or two letters, each once. */
export async function someQueries(api: Api, count: number): Promise<string[]> {
  const page = record(await api.call({ path: "/v1/products", query: { limit: String(PRODUCTS) } }));
  const titles = itemsOf(page).map((item) => String(record(item).title));
  const words = titles.flatMap((title) => title.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
  const pairs = titles.map((title) => title.split(/\s+/).slice(0, 2).join(" "));
  return [...new Set([...words, ...pairs])].slice(0, count);
}

/** What a search finds: how many, and which of the first page in which order. */
export async function searchAnswer(api: Api, q: string): Promise<string> {
  const answer = record(await api.call({ path: "/v1/search", query: { q, limit: "20" } }));
  return JSON.stringify([answer.total, itemsOf(answer).map((item) => record(item).id)]);
}

export async function searchAnswers(api: Api, queries: readonly string[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const query of queries) answers.set(query, await searchAnswer(api, query));
  return answers;
}
