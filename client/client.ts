import createClient from "openapi-fetch";
import type { Client } from "openapi-fetch";
import { VitrineError } from "./errors.ts";
import { eachItem } from "./lists.ts";
import type { ItemOf, ListParams, ListPath } from "./lists.ts";
import { ndjsonStream } from "./ndjson.ts";
import type { ImportLine } from "./ndjson.ts";
import { retrying } from "./retry.ts";
import type { RetryOptions } from "./retry.ts";
import type { components, paths } from "./schema.ts";

export { VitrineError } from "./errors.ts";
export type { Problem } from "./errors.ts";
export type { ImportLine } from "./ndjson.ts";
export type { components, paths } from "./schema.ts";

export interface VitrineOptions extends RetryOptions {
  /** The deployment's origin, for example `https://shop.example`. */
  url: string;
  /** An API key (`vk_…`) or the operator key. */
  key?: string;
  fetch?: (request: Request) => Promise<Response>;
}

export type ImportAnswer = components["schemas"]["ImportResult"];

export interface Vitrine {
  /** The typed calls: `api.GET("/v1/search", { params: { query: { q: "lamp" } } })`. A failure throws `VitrineError`. */
  api: Client<paths>;
  /** All items of a paged list, page after page. */
  each<P extends ListPath>(path: P, params?: ListParams<P>): AsyncGenerator<ItemOf<P>, void, undefined>;
  /** Streams products to `POST /v1/products/import`; never repeated by itself, since a stream is read once. */
  importProducts(
    lines: AsyncIterable<ImportLine> | Iterable<ImportLine> | ReadableStream<Uint8Array>,
  ): Promise<ImportAnswer>;
}

type PageCall = (
  path: string,
  init: object,
) => Promise<{ data?: { items: never[]; next_cursor: string | null }; response: Response }>;

/** A client of one deployment. It keeps no state but its options, so one may be shared. */
export function createVitrine(options: VitrineOptions): Vitrine {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const headers: Record<string, string> = options.key ? { Authorization: `Bearer ${options.key}` } : {};
  const baseUrl = options.url.replace(/\/+$/, "");
  const api = createClient<paths>({ baseUrl, headers, fetch: retrying(send, options) });
  api.use({
    async onResponse({ response }) {
      if (!response.ok && response.status !== 304) throw await VitrineError.of(response);
    },
  });

  return {
    api,
    each(path, params) {
      // The path and its parameters agree by the signature; the compiler cannot follow that through a generic path.
      const get = api.GET as unknown as PageCall;
      const given: { query?: object } = params ?? {};
      return eachItem(async (cursor) => {
        const { data, response } = await get(path, {
          params: { ...given, query: { ...given.query, ...(cursor === undefined ? {} : { cursor }) } },
        });
        return data ?? Promise.reject(await VitrineError.of(response));
      });
    },
    async importProducts(lines) {
      const init = {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/x-ndjson" },
        body: ndjsonStream(lines),
        duplex: "half",
      };
      const response = await send(new Request(`${baseUrl}/v1/products/import`, init));
      if (!response.ok) throw await VitrineError.of(response);
      return (await response.json()) as ImportAnswer;
    },
  };
}
