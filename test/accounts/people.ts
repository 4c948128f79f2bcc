import { newIsolate } from "../../src/platform/isolate.ts";
import { openMemoryDeps, type MemoryDeps } from "../../src/platform/memory/open.ts";
import { ORIGIN, type TestApp } from "../http/open-app.ts";

export const PASSWORD = "correct horse battery";

export interface Person {
  id: string;
  name: string;
  email: string;
  /** What signs in by header, and by cookie. */
  bearer: { authorization: string };
  cookie: { cookie: string };
}

export function postJson(
  t: TestApp,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  overrides?: Partial<MemoryDeps>,
): Promise<Response> {
  const init = {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  };
  return t.call(path, init, overrides);
}

/** The credential that a response of signing in or up carries. */
export async function personOf(response: Response): Promise<Person> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`Not signed in: ${response.status} ${text}`);
  const { user } = JSON.parse(text) as { user: { id: string; name: string; email: string } };
  const [cookie] = response.headers.getSetCookie();
  return {
    ...user,
    bearer: { authorization: `Bearer ${response.headers.get("set-auth-token")}` },
    cookie: { cookie: cookie.split(";")[0] },
  };
}

export async function signUp(t: TestApp, name: string): Promise<Person> {
  const account = { name, email: `${name.toLowerCase()}@shop.example`, password: PASSWORD };
  return personOf(await postJson(t, "/api/auth/sign-up/email", account));
}

export async function signIn(t: TestApp, { email }: { email: string }, password = PASSWORD): Promise<Person> {
  return personOf(await postJson(t, "/api/auth/sign-in/email", { email, password }));
}

/** The data centre's other isolate. */
export function anotherIsolate(): Partial<MemoryDeps> {
  return { isolate: newIsolate() };
}

/** A request, and what it did after its response. */
export async function callAndSettle(
  t: TestApp,
  path: string,
  init: RequestInit,
  overrides: Partial<MemoryDeps> = {},
): Promise<{ response: Response; trips: number }> {
  const deps = openMemoryDeps(t.platform, overrides);
  const response = await t.app.fetch(new Request(new URL(path, ORIGIN), init), deps);
  const trips = deps.receipt.dbTrips;
  await deps.lifetime.settle();
  return { response, trips };
}
