import { ApiError, NetworkError, type Problem } from "./errors.ts";

export interface ApiOptions {
  url: string;
  key: string | null;
}

export interface Call {
  method?: string;
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** An object is sent as JSON; text as `contentType` says. */
  body?: object | string;
  contentType?: string;
  /** Bytes that are sent as they are read, with their number, in the place of `body`. */
  source?: { stream: ReadableStream<Uint8Array>; bytes: number };
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** The answer may take longer than two minutes to read. */
  isLong?: boolean;
}

const TIMEOUT_MS = 120_000;

/**
 * `duplex` is needed with a stream. Without the other two Node keeps a copy of all that is sent, for a redirect
 * (`httpNetworkOrCacheFetch` of undici, as the Fetch standard has it).
 */
const STREAMED = { duplex: "half", window: null, redirect: "error" } as const;

/** One deployment's API under one key. Answers parsed JSON; throws `ApiError` and `NetworkError`. */
export class Api {
  readonly url: string;
  readonly #key: string | null;

  constructor({ url, key }: ApiOptions) {
    this.url = url;
    this.#key = key;
  }

  async call(call: Call): Promise<unknown> {
    return (await this.callWithHeaders(call)).body;
  }

  /** For the few answers that say something in a header. */
  async callWithHeaders(call: Call): Promise<{ status: number; headers: Headers; body: unknown }> {
    const response = await this.#fetch(call);
    const text = await response.text().catch((error: unknown) => {
      throw new NetworkError(`${this.url} broke off its answer: ${causeOf(error)}`);
    });
    if (!response.ok) throw new ApiError(problemOf(response, text), retryAfter(response));
    const body = text === "" ? null : (JSON.parse(text) as unknown);
    return { status: response.status, headers: response.headers, body };
  }

  /** The bytes of an answer of any length, as they come. */
  async *stream(call: Call): AsyncGenerator<Uint8Array> {
    const response = await this.#fetch({ ...call, isLong: true });
    if (!response.ok) throw new ApiError(problemOf(response, await response.text()), retryAfter(response));
    try {
      for await (const piece of response.body ?? []) yield piece;
    } catch (error) {
      if (call.signal?.aborted === true) throw call.signal.reason;
      throw new NetworkError(`${this.url} broke off its answer: ${causeOf(error)}`);
    }
  }

  async #fetch(call: Call): Promise<Response> {
    const { method = "GET", path, query = {}, body, contentType, source, signal, isLong = false } = call;
    const address = new URL(path, this.url);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, value);
    }
    const headers: Record<string, string> = { Accept: isLong ? "*/*" : "application/json", ...call.headers };
    if (this.#key !== null) headers.Authorization = `Bearer ${this.#key}`;
    if (body !== undefined) headers["Content-Type"] = contentType ?? "application/json";
    // Node sends a stream in one piece where its length is known, else in chunks.
    if (source !== undefined) headers["Content-Length"] = String(source.bytes);
    const signals = isLong ? [] : [AbortSignal.timeout(TIMEOUT_MS)];
    if (signal !== undefined) signals.push(signal);
    try {
      return await fetch(address, {
        method,
        headers,
        body: source?.stream ?? (typeof body === "object" ? JSON.stringify(body) : body),
        ...(source === undefined ? {} : STREAMED),
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw new NetworkError(`Cannot reach ${this.url}: ${causeOf(error)}`);
    }
  }

  /** All items of a list, page after page. */
  async *list(
    path: string,
    query: Readonly<Record<string, string | undefined>> = {},
  ): AsyncGenerator<unknown> {
    let cursor: string | undefined;
    do {
      const page = record(await this.call({ path, query: { limit: "100", ...query, cursor } }));
      yield* itemsOf(page);
      cursor = typeof page.next_cursor === "string" ? page.next_cursor : undefined;
    } while (cursor !== undefined);
  }
}

/** An object of the answer; anything else is no answer of this service. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new NetworkError("The answer is not one of this service: is the URL right?");
}

/** What a page of a list holds; nothing where the answer is none. */
export function itemsOf({ items }: Readonly<Record<string, unknown>>): unknown[] {
  return Array.isArray(items) ? (items as unknown[]) : [];
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1_000} s`;
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}

function problemOf(response: Response, text: string): Problem {
  const fields = parsed(text);
  const word = (name: string): string | null => (typeof fields[name] === "string" ? fields[name] : null);
  return {
    status: response.status,
    code: word("code") ?? "unknown",
    title: word("title") ?? `The service answered ${response.status}`,
    detail: word("detail") ?? word("message") ?? "",
    requestId: word("request_id") ?? response.headers.get("X-Request-Id"),
    errors: Array.isArray(fields.errors) ? (fields.errors as Problem["errors"]) : [],
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

function retryAfter(response: Response): number | null {
  const value = response.headers.get("Retry-After");
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, (at - Date.now()) / 1_000);
}
