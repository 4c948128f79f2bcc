import type { Context } from "hono";
import type { AppEnv } from "../../openapi.ts";

const OWN = "https://own.invalid";

/** Where signing in leads if nothing else is asked for. */
export const HOME = "/orgs";

/** Where a form leads on to: `given` if it is a page of this deployment, else `null`. */
export function ownPath(given: string | null | undefined): string | null {
  if (given === null || given === undefined || !given.startsWith("/") || !URL.canParse(given, OWN))
    return null;
  const { origin, pathname, search, hash } = new URL(given, OWN);
  const isPage = origin === OWN && !/^\/(?:\/|api\/|v1\/|sign-)/.test(pathname);
  return isPage ? pathname + search + hash : null;
}

/** The same page, asked for anew, that says what was done. */
export function doneHref(c: Context<AppEnv>, done: string): string {
  return `${c.req.path}?${new URLSearchParams({ done })}`;
}

/** The page after this one, `null` where there is none. */
export function nextHref(c: Context<AppEnv>, cursor: string | null): string | null {
  return cursor === null ? null : `${c.req.path}?${new URLSearchParams({ cursor })}`;
}

/** What the address says was done, in words; nothing for words that are not known. */
export function doneOf(c: Context<AppEnv>, words: Readonly<Record<string, string>>): string | undefined {
  const done = c.req.query("done");
  return done !== undefined && Object.hasOwn(words, done) ? words[done] : undefined;
}
