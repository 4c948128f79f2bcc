import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { FaultyPlatform } from "../faults/faulty-platform.ts";
import { addReadyImage } from "../http/picture-store.ts";
import { addSession, signedToken } from "../http/sessions.ts";

type Headers = Record<string, string>;

const JSON_TYPE = { "content-type": "application/json" };

/** A shop with one product, picture, person and post: whatever may be asked for while something is away. */
export interface Ladder {
  t: FaultyPlatform;
  acme: Merchant;
  ada: Headers;
  get(path: string, headers?: Headers): Promise<Response>;
  send(method: string, path: string, body: unknown, headers: Headers): Promise<Response>;
  event(id: string, at?: number): object;
}

export async function openLadder(): Promise<Ladder> {
  const t = await FaultyPlatform.open();
  const scopes = ["catalogue:write", "events:write", "stats:read", "images:write"];
  const acme = await newMerchant(t, "acme", scopes);
  await t.platform.client.execute(
    "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ('ada', 'Ada', 'a@example.com', 1, 0, 0)",
  );
  const session = signedToken(t.platform, await addSession(t.platform, "ada"));
  const ada = { authorization: `Bearer ${session}` };
  await addReadyImage(t.platform, "img_1");
  const get: Ladder["get"] = (path, headers = {}) => t.call(path, { headers });
  const send: Ladder["send"] = (method, path, body, headers) =>
    t.call(path, { method, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
  const event = (id: string, at = t.platform.clock.now()) => ({
    id,
    type: "page_view",
    user_id: "u1",
    at,
    path: "/lamps",
  });
  const lamp = { title: "Brass table lamp", brand: "Lumholt", category: ["Home", "Lamps"] };
  await send("PUT", "/v1/products/lamp-1", lamp, acme.headers);
  await send("POST", "/v1/events", { events: [event("e1")] }, acme.headers);
  await send("POST", "/v1/posts", { text: "Found a lamp" }, ada);
  await t.drain();
  t.platform.clock.advance(3_000);
  return { t, acme, ada, get, send, event };
}

/** What everybody has looked at once before anything fails. */
export const SEEN = [
  "/v1/search?q=lamp&facets=brand",
  "/v1/suggest?q=la",
  "/v1/products/lamp-1",
  "/i/img_1/thumb",
  "/p/lamp-1",
] as const;

export async function problemCode(response: Response): Promise<unknown> {
  return ((await response.json()) as { code?: unknown }).code;
}

/** How often a user's page views were counted. */
export async function viewsOf({ get, acme }: Ladder, user: string): Promise<number | undefined> {
  const response = await get(`/v1/orgs/acme/users?q=${user}`, acme.headers);
  const { items } = (await response.json()) as { items: { id: string; page_views: number }[] };
  return items.find(({ id }) => id === user)?.page_views;
}
