import { weightedPick } from "../feed/weighted.ts";
import { pick, pickIndex } from "../random.ts";
import type { Random } from "../random.ts";
import type { World } from "../world/world.ts";
import type { Answered, Sent } from "./client.ts";
import { keyHeaders, personHeaders, uploadOf } from "./stock.ts";
import type { Stock } from "./stock.ts";

export interface Asked extends Sent {
  onAnswer?(answer: Answered): void;
}

/** One kind of request; each call makes the next. */
export interface Kind {
  route: string;
  /** Of all requests, in percent. */
  share: number;
  next(): Asked;
}

export interface Ingredients {
  world: World;
  stock: Stock;
  random: Random;
  /** Ids of events and images are new in each run. */
  run: string;
}

const EVENTS_A_REQUEST = 10;
/** Of searches that nobody has asked before. */
const FRESH_SHARE = 0.3;
/** Of readers who bring the token of their last answer. */
const TOKEN_SHARE = 0.5;

/** The first far more often than the last, as queries and pages are. */
function skewed<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(values.length ** random() - 1)];
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Sent {
  return { method: "GET", path, headers };
}

function sendJson(
  [method, path]: readonly [method: string, path: string],
  headers: Record<string, string>,
  body: object,
): Sent {
  const typed = { ...headers, "content-type": "application/json" };
  return { method, path, headers: typed, body: JSON.stringify(body) };
}

function shopKinds({ world, stock, random }: Ingredients): Kind[] {
  let number = 0;
  const query = () => encodeURIComponent(skewed(random, world.queries));
  const search = () =>
    random() < FRESH_SHARE ? `/v1/search?q=-zzq${number++}x+${query()}` : `/v1/search?q=${query()}`;
  const letters = () => encodeURIComponent(pick(random, world.queries).slice(0, 1 + pickIndex(random, 4)));
  const product = () => `/v1/products/${encodeURIComponent(pick(random, stock.products))}`;
  const price = () => ({ price: { amount: 100 + pickIndex(random, 90_000), currency: "USD" } });
  const picture = () => `/i/${pick(random, stock.images)}/${pick(random, ["thumb", "medium", "large"])}`;
  return [
    { route: "GET /v1/search", share: 30, next: () => get(search()) },
    { route: "GET /v1/suggest", share: 8, next: () => get(`/v1/suggest?q=${letters()}`) },
    { route: "GET /v1/products/{id}", share: 8, next: () => get(product()) },
    { route: "GET /i/{id}/{variant}", share: 8, next: () => get(picture(), { accept: "image/webp" }) },
    {
      route: "PATCH /v1/products/{id}",
      share: 2,
      next: () => sendJson(["PATCH", product()], keyHeaders(world), price()),
    },
  ];
}

/** Reads the feed, half of the time with the token of the person's last answer. */
function feedReader({ world, random }: Ingredients): () => Asked {
  const tokens = new Map<string, string>();
  return () => {
    const person = pick(random, world.people);
    const token = random() < TOKEN_SHARE ? tokens.get(person) : undefined;
    const headers = personHeaders(person);
    if (token !== undefined) headers["consistency-token"] = token;
    const onAnswer = (answer: Answered): void => {
      tokens.set(person, String(answer.headers["consistency-token"] ?? ""));
    };
    return { ...get("/v1/feed", headers), onAnswer };
  };
}

function feedKinds(ingredients: Ingredients): Kind[] {
  const { world, stock, random } = ingredients;
  const text = () => ({ text: `A morning of mixed load, number ${pickIndex(random, 1_000_000)}` });
  const about = (make: (path: string, headers: Record<string, string>) => Sent) => (): Sent => {
    const { id, reader } = pick(random, stock.posts);
    return make(`/v1/posts/${id}`, personHeaders(reader));
  };
  const write = () => sendJson(["POST", "/v1/posts"], personHeaders(pick(random, world.people)), text());
  return [
    { route: "GET /v1/feed", share: 14, next: feedReader(ingredients) },
    { route: "GET /v1/posts/{id}", share: 5, next: about(get) },
    { route: "POST /v1/posts", share: 1, next: write },
    {
      route: "PUT /v1/posts/{id}/like",
      share: 4,
      next: about((path, headers) => ({ method: "PUT", path: `${path}/like`, headers })),
    },
    {
      route: "POST /v1/posts/{id}/comments",
      share: 1,
      next: about((path, headers) => sendJson(["POST", `${path}/comments`], headers, text())),
    },
  ];
}

function analyticsKinds({ world, stock, random, run }: Ingredients): Kind[] {
  let number = 0;
  const headers = keyHeaders(world);
  const event = () => ({
    id: `${run}-${number++}`,
    type: pick(random, ["login", "page_view", "page_view", "page_view", "activity"]),
    user_id: pick(random, stock.users),
    at: new Date().toISOString(),
    path: `/p/${pickIndex(random, 40)}`,
  });
  const events = () => ({ events: Array.from({ length: EVENTS_A_REQUEST }, event) });
  return [
    { route: "GET /v1/orgs/{org}/users", share: 7, next: () => get(skewed(random, stock.pages), headers) },
    { route: "GET /v1/orgs/{org}/overview", share: 3, next: () => get(stock.overview, headers) },
    { route: "POST /v1/events", share: 8.5, next: () => sendJson(["POST", "/v1/events"], headers, events()) },
  ];
}

function imageKinds({ world, stock, run }: Ingredients): Kind[] {
  let number = 0;
  const upload = () => uploadOf(world, stock.jpeg, `${run} ${number++}`);
  return [{ route: "POST /v1/images", share: 0.5, next: upload }];
}

/** Draws kinds by their shares. */
export function kindPicker(random: Random, kinds: readonly Kind[]): () => Kind {
  const shares = Float64Array.from(kinds, ({ share }) => share);
  const place = weightedPick(random, shares);
  return () => kinds[place()];
}

/** All four jobs, reads and writes. */
export function kindsOf(ingredients: Ingredients): Kind[] {
  return [
    ...shopKinds(ingredients),
    ...feedKinds(ingredients),
    ...analyticsKinds(ingredients),
    ...imageKinds(ingredients),
  ];
}
