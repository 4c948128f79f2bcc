import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorCode } from "../../domain/errors.ts";
import { MessagePage } from "../../web/pages/message-page.tsx";
import { toAppError } from "../middleware/problem.ts";
import type { AppEnv } from "../openapi.ts";
import { answerPassingPage, renderFor } from "./html.tsx";

const GONE = [
  "Nothing here",
  "This page does not exist, is not yours to see, or the product is no longer sold.",
] as const;
const UNREADABLE = [
  "This search cannot be read",
  "The address holds a filter or a page that is not known, or has expired.",
] as const;
const BUSY = [
  "One moment, please",
  "There were many requests in a short time. Try again in a few seconds.",
] as const;
const AWAY = [
  "We will be right back",
  "A part of the shop does not answer just now. Try again in a moment.",
] as const;
const BROKEN = ["Something went wrong", "That is our fault, not yours. Try again in a moment."] as const;

const FOREIGN = [
  "That form was not ours",
  "It was sent from another site, or is too old. Go back, load the page anew and try again.",
] as const;

const MESSAGES: Partial<Record<ErrorCode, readonly [string, string]>> = {
  not_found: GONE,
  bad_filter: UNREADABLE,
  bad_cursor: UNREADABLE,
  bad_request: UNREADABLE,
  query_too_long: ["That is a long search", "Searches have at most 512 characters. Try a few words instead."],
  forbidden: FOREIGN,
  body_too_large: ["That is too much", "The form holds more text than it may."],
  rate_limited: BUSY,
  unavailable: AWAY,
  overloaded: BUSY,
};

function messageOf(code: ErrorCode, requestId: string | undefined) {
  const [title, text] = MESSAGES[code] ?? BROKEN;
  return <MessagePage title={title} text={text} requestId={requestId} />;
}

/** What nobody in particular is shown where `code` befell the request of that id. */
export function messageFor(code: ErrorCode, requestId: string): Promise<string> {
  return renderFor({ viewer: null, path: "/" }, messageOf(code, requestId));
}

/** 404 for people, with the search box. */
export function notFoundPage(c: Context<AppEnv>): Promise<Response> {
  const [title, text] = GONE;
  return answerPassingPage(c, <MessagePage title={title} text={text} />, 404);
}

/** Shows what a page's handler threw as a page; headers such as `Retry-After` stay, and the error is logged as ever. */
export const errorsAsPages: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.error === undefined) return;
  const error = toAppError(c.error);
  const page = messageOf(error.code, error.status >= 500 ? c.get("requestId") : undefined);
  const status = error.status as ContentfulStatusCode; // Every code of AppError has a status with a body.
  c.res = await answerPassingPage(c, page, status);
};
