import type { Deps } from "../../deps.ts";
import { toAuthError } from "./auth-error.ts";
import type { AuthTrace, openAuth } from "./better-auth.ts";

/** What of an HTTP request accounts need: its headers, and its origin for links and cookies. */
export interface AuthRequest {
  headers: Headers;
  origin: string;
}

/** What an account's verb answers with, and the headers that carry a session: `set-cookie`, `set-auth-token`. */
export interface AuthAnswer<T> {
  body: T;
  headers: Headers;
}

type Api = ReturnType<typeof openAuth>["auth"]["api"];
type Called<T> = { response: T; headers?: Headers | null };

/** Calls one endpoint of Better Auth; it throws errors of ours. */
export async function callAuth<T>(
  deps: Deps,
  { origin }: AuthRequest,
  call: (api: Api) => Promise<Called<T>>,
): Promise<AuthAnswer<T> & { trace: AuthTrace }> {
  // 60 ms of CPU to evaluate, which only these few requests need: an isolate that serves searches never pays them.
  const { openAuth: open } = await import("./better-auth.ts");
  const { auth, trace } = open(deps, origin);
  try {
    const { response, headers } = await call(auth.api);
    if (trace.failures.unavailable !== undefined) throw trace.failures.unavailable;
    return { body: response, headers: headers ?? new Headers(), trace };
  } catch (error) {
    throw toAuthError(error, trace.failures);
  }
}
