import type { Context, MiddlewareHandler } from "hono";
import { setCookie } from "hono/cookie";
import { consistencyToken, seqOfToken } from "../../domain/consistency-token.ts";
import type { AppEnv } from "../openapi.ts";

export const TOKEN_HEADER = "Consistency-Token";
const COOKIE = "vitrine.seen";

/** Answers to writes may come in another order than the writes were made: so many in turn have a cookie each. */
const WRITE_COOKIES = 16;
/** Kept pages live for 5 s: one that is older than a write is gone before its cookie, by a clock that is 25 s off too. */
const WRITE_COOKIE_SECONDS = 30;

/** Spread into `createRoute` of what heeds the header; not validated: a bad one counts as none. */
export const TOKEN_DOCUMENTS = {
  parameters: [
    {
      name: TOKEN_HEADER,
      in: "header" as const,
      description:
        "Of the answer before; of answers to requests that were under way together all, with commas between them. Browsers " +
        "have it as a cookie",
      schema: { type: "string" as const },
    },
  ],
};

/** Whether a request is for what is there now, and not for what was kept (RFC 9111, section 5.2.1). */
export function isFreshWanted(c: Context<AppEnv>): boolean {
  const directives = c.req.header("cache-control");
  return directives !== undefined && /no-cache|no-store|max-age=0(?!\d)/i.test(directives);
}

/** The tokens that a request brings, good or not: of its header, and of its cookies. */
export function tokensOf(c: Context<AppEnv>): string[] {
  const header = c.req.header(TOKEN_HEADER)?.split(",") ?? [];
  return [...header, ...tokenCookies(c)];
}

function tokenCookies(c: Context<AppEnv>): string[] {
  const header = c.req.header("cookie");
  if (header === undefined || !header.includes(COOKIE)) return [];
  const tokens: string[] = [];
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim().startsWith(COOKIE)) tokens.push(pair.slice(at + 1).trim());
  }
  return tokens;
}

/** Within what keeps answers for a key: a write that is sent again gets the token of the first answer too. */
export const sendToken: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const actor = c.get("actor");
  const { ownSeq } = c.env.receipt;
  if (actor.kind !== "user" || ownSeq === null) return;
  c.res.headers.set(TOKEN_HEADER, consistencyToken(actor.userId, ownSeq));
};

/** Without what keeps answers for a key: the token as a cookie too, for browsers, whose session is one. */
export const keepToken: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const token = c.res.headers.get(TOKEN_HEADER);
  const isByCookie = c.get("actor").kind === "user" && c.req.header("authorization") === undefined;
  if (token === null || !isByCookie) return;
  const options = {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: c.env.config.environment === "production",
  } as const;
  // A kept answer, which has no receipt, is a write's.
  const isOwnWrite = c.env.receipt.isOwnWrite || c.env.receipt.ownSeq === null;
  if (isOwnWrite) {
    const name = `${COOKIE}-${seqOfToken(token) % WRITE_COOKIES}`;
    setCookie(c, name, token, { ...options, maxAge: WRITE_COOKIE_SECONDS });
  } else if (!tokenCookies(c).includes(token)) {
    setCookie(c, COOKIE, token, options);
  }
};
