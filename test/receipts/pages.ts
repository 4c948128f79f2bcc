import { createApp } from "../../src/app.ts";
import {
  openOperatorSession,
  operatorCookieName,
  operatorToken,
} from "../../src/services/operations/operator-session.ts";
import { ORIGIN } from "../http/open-app.ts";
import { SOMEONE } from "../http/credentials.ts";
import type { Driven } from "../../scripts/cost/receipts.ts";
import { documentedRoutes } from "./documented.ts";
import { askTwice, newSpot, spend, type Answered } from "./drive.ts";
import { openPlace, type Asked, type Place } from "./fixtures.ts";
import { formOf } from "./forms.ts";

/** Every route that is no documented operation, as `GET /p/:id`. */
export function pagesOf(): string[] {
  const app = createApp();
  const patterns = [...documentedRoutes(app).keys()].map((name) => name.replaceAll(/\/{(.+?)}/g, "/:$1"));
  const documented = new Set(patterns);
  const routes = app.routes.filter(({ method }) => method !== "ALL");
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  return [...new Set(names)].filter((name) => !documented.has(name)).toSorted();
}

/** The address of a page about things of the first organisation. */
function addressOf(pattern: string, { world: { own } }: Place): string {
  const ids: Record<string, string> = {
    "/p/:id": own.productId,
    "/u/:id": SOMEONE,
    "/posts/:id": "post_0",
    "/feed/posts/:id": "post_0",
    "/upload/:id": own.imageId,
  };
  if (pattern === "/reset-password") return `${pattern}?token=x`;
  return pattern.replace(":org", own.id).replace(":id", ids[pattern] ?? "1");
}

/** Who sends these is not signed in yet. */
const ENTRANCES = new Set(["/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/verify-email"]);

/** The operator's own for the operator's pages, else that of the admin of the first organisation. */
async function cookieFor(pattern: string, { t, world }: Place): Promise<string> {
  if (pattern !== "/ops" && !pattern.startsWith("/ops/"))
    return world.credentials.find(({ name }) => name === "the admin by cookie")?.cookie?.value ?? "";
  const { config } = t.platform;
  const session = await openOperatorSession(t.platform, String(config.operatorKey));
  if (session === null) throw new Error("The operator is not known here");
  return `${operatorCookieName(config)}=${operatorToken(config, session)}`;
}

/** What a page gives by cookie to who may see it: from a new isolate, from a warm one, and once more. */
export async function drivePage(pattern: string): Promise<Driven> {
  const place = await openPlace();
  const cookie = await cookieFor(pattern, place);
  const headers = { cookie, "sec-fetch-site": "same-origin", origin: ORIGIN };
  const asked: Asked = { target: addressOf(pattern, place), init: { headers } };
  const driven = await askTwice(place, asked, { target: "/orgs", init: { headers } });
  place.t.platform.close();
  if (driven.status >= 400) throw new Error(`GET ${pattern} answers ${driven.status}`);
  return driven;
}

async function sendForm(place: Place, pattern: string, isWarm: boolean): Promise<Answered> {
  const cookie = ENTRANCES.has(pattern) ? "" : await cookieFor(pattern, place);
  const headers = { cookie, "sec-fetch-site": "same-origin", origin: ORIGIN };
  const { id, body } = await formOf(pattern, place, headers);
  const spot = newSpot(place);
  if (isWarm) {
    if (cookie !== "") await spend(place, spot, { target: "/orgs", init: { headers } });
    await spend(place, spot, { target: "/v1/search?q=something+else", init: {} });
  }
  const answered = await spend(place, spot, {
    target: id === null ? addressOf(pattern, place) : pattern.replace(":id", id),
    init: { method: "POST", headers, body },
  });
  place.t.platform.close();
  if (answered.status >= 400) throw new Error(`POST ${pattern} answers ${answered.status}`);
  return answered;
}

/** What a form of a page takes that does what it asks for: from a new isolate, and from a warm one. */
export async function driveForm(pattern: string): Promise<Driven> {
  const cold = await sendForm(await openPlace(), pattern, false);
  const { status, counts } = await sendForm(await openPlace(), pattern, true);
  return { status, cold: cold.counts, warm: counts, again: null };
}
