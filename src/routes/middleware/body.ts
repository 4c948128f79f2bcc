import type { Context, MiddlewareHandler } from "hono";
import type { RouteConfig } from "@hono/zod-openapi";
import { AppError } from "../../domain/errors.ts";
import type { AppEnv } from "../openapi.ts";
import { byteReader } from "./byte-reader.ts";
import { drain } from "./drain.ts";
import type { OperationOf } from "./operation-table.ts";
import { paced } from "./paced-reader.ts";

const JSON_LIMIT_BYTES = 1_048_576;
const STREAM_LIMIT_BYTES = 104_857_600;

function tooLarge(limit: number): AppError {
  return new AppError("body_too_large", `The body is over the limit of ${limit} bytes`);
}

function mediaType(header: string): { essence: string; charset: string } {
  const [essence, ...parameters] = header
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice(8) ?? "utf-8";
  return { essence, charset: charset.replaceAll('"', "") };
}

/** The declared type that takes this content type: `image/*` takes `image/png`. Text in another charset is not taken. */
function takenType(header: string | undefined, declared: readonly string[]): string {
  const { essence, charset } = mediaType(header ?? "");
  const found = declared.find(
    (type) => type === essence || (type.endsWith("/*") && essence.startsWith(type.slice(0, -1))),
  );
  if (found === undefined || (charset !== "utf-8" && charset !== "utf8")) {
    const detail = `The content type "${(header ?? "").slice(0, 100)}" is not taken: send ${declared.join(" or ")}`;
    throw new AppError("unsupported_media_type", detail);
  }
  return found;
}

/** `application/json` and its kin, such as `application/merge-patch+json`. */
export function isJson(type: string): boolean {
  return /^application\/(?:[a-z.-]+\+)?json$/.test(type);
}

function limitOf(operation: RouteConfig, type: string): number {
  const declared: unknown = operation["x-body-limit"];
  if (typeof declared === "number") return declared;
  return isJson(type) ? JSON_LIMIT_BYTES : STREAM_LIMIT_BYTES;
}

export interface Bounded {
  stream: ReadableStream<Uint8Array>;
  /** Reads the rest where the route did not. */
  finish: () => Promise<void>;
}

/**
 * The same bytes; an error in their place once there are more than `limit`, whatever Content-Length said. `inStep`: each
 * chunk is good until the next is asked for.
 */
export function bounded(body: ReadableStream<Uint8Array>, limit: number, inStep = false): Bounded {
  const reader = paced(inStep ? byteReader(body) : body.getReader());
  let seen = 0;
  let ended = false;
  let cancelled = false;
  let pulled = Promise.resolve();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { done, value } = await reader.read();
    ended = done;
    if (cancelled) return;
    if (value === undefined) return controller.close();
    seen += value.byteLength;
    if (seen > limit) controller.error(tooLarge(limit));
    else controller.enqueue(value);
  };
  const source = {
    pull: (controller: ReadableStreamDefaultController<Uint8Array>) => (pulled = pull(controller)),
    cancel: () => {
      cancelled = true;
    },
  };
  const stream = new ReadableStream<Uint8Array>(source, { highWaterMark: inStep ? 0 : 1 });
  return { stream, finish: async () => (ended ? undefined : drain(reader, pulled)) };
}

async function readText(body: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  const reader = paced(body.getReader());
  let seen = 0;
  let text = "";
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (value === undefined) continue;
      seen += value.byteLength;
      if (seen > limit) throw tooLarge(limit);
      text += decoder.decode(value, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    await drain(reader);
    if (error instanceof AppError) throw error;
    throw new AppError("bad_request", "The body is not valid UTF-8, or broke off", error);
  }
}

async function guardBody(
  c: Context<AppEnv>,
  operation: RouteConfig,
  declared: readonly string[],
): Promise<Bounded["finish"] | undefined> {
  const { body } = c.req.raw;
  const length = c.req.header("content-length");
  if (body === null || length === "0") {
    const isTaken = operation["x-empty-body"] === true;
    if (operation.request?.body?.required && !isTaken)
      throw new AppError("bad_request", "A body is required");
    return;
  }
  const type = takenType(c.req.header("content-type"), declared);
  const limit = limitOf(operation, type);
  if (Number(length ?? 0) > limit) throw tooLarge(limit);
  if (isJson(type)) {
    const text: RequestInit = { body: await readText(body, limit) };
    c.req.raw = new Request(c.req.raw, text);
    return;
  }
  const { stream, finish } = bounded(body, limit, operation["x-body-in-step"] === true);
  // Node and Deno ask for `duplex` with a stream; the type of the standard library does not know it.
  c.req.raw = new Request(c.req.raw, { body: stream, duplex: "half" } as RequestInit);
  return finish;
}

/** Content type, size and encoding of the body an operation declares: 415, 413 (before it is read), 408 or 400. */
export function guardedBody(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const operation = operationOf(c);
    const declared = Object.keys(operation?.request?.body?.content ?? {});
    const finish = operation && declared.length > 0 ? await guardBody(c, operation, declared) : undefined;
    await next();
    await finish?.();
  };
}
