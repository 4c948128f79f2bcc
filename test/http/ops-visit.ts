import { expect } from "vitest";
import { ORIGIN, type TestApp } from "./open-app.ts";

/** A form as this site's own page sends it. */
export function form(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields), headers: { origin: ORIGIN, ...headers } };
}

/** The cookie of an answer, as the browser sends it back. */
export function cookieOf(answer: Response): Record<string, string> {
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(";", 1)[0])
      .join("; "),
  };
}

/** The headers of a session at `/ops`. */
export async function signInOperator(app: TestApp): Promise<Record<string, string>> {
  const answer = await app.call("/ops/sign-in", form({ key: String(app.platform.config.operatorKey) }));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ops"]);
  return cookieOf(answer);
}

/** Whether `/ops` shows itself; if not, it leads to signing in. */
export async function isOperatorIn(app: TestApp, headers: Record<string, string>): Promise<boolean> {
  const answer = await app.call("/ops", { headers });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  if (answer.status === 303) expect(answer.headers.get("location")).toBe("/ops/sign-in");
  return answer.status === 200;
}
