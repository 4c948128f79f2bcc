import type { DemoUser } from "../people/generate.ts";
import type { Random } from "../random.ts";
import { NEWSLETTER, pathOf, type Places } from "./places.ts";

/** An event before it has its id. */
export interface Happening {
  type: "login" | "page_view" | "activity";
  user_id: string;
  /** Milliseconds since the epoch. */
  at: number;
  path?: string;
  referrer?: string;
  user_agent?: string;
  properties?: Record<string, string | number>;
}

export interface VisitOptions {
  user: DemoUser;
  places: Places;
  /** When it begins. */
  at: number;
  /** Whether the newsletter of a campaign has brought it. */
  isCampaign: boolean;
}

const MAX_PAGES = 14;
const GOES_ON = 0.74;
const SIGNS_IN = 0.4;

/** One person's visit of the shop: perhaps a sign-in, some pages, perhaps something in the cart. */
export function* visit(random: Random, { user, places, at, isCampaign }: VisitOptions): Generator<Happening> {
  const by = { user_id: user.id };
  let now = at;
  if (random.chance(SIGNS_IN)) yield { ...by, type: "login", at: now };
  const referrer = isCampaign ? NEWSLETTER : random.chance(0.55) ? places.referrer(random) : undefined;
  let product = isCampaign ? places.featured : random.chance(0.45) ? null : places.product(random);
  for (let page = 0; page < MAX_PAGES; page++) {
    now += 1_000 + random.below(page === 0 ? 2_000 : 120_000);
    const path = product === null ? "/" : pathOf(product);
    const from = page === 0 && referrer !== undefined ? { referrer } : {};
    yield { ...by, type: "page_view", at: now, path, ...from };
    if (product !== null && random.chance(0.16)) {
      now += 2_000 + random.below(40_000);
      yield { ...by, type: "activity", at: now, properties: { action: actionOf(random), product } };
    }
    if (!random.chance(GOES_ON)) return;
    product = random.chance(0.28) ? null : places.product(random);
  }
}

function actionOf(random: Random): string {
  const place = random.next();
  if (place < 0.55) return "add_to_cart";
  if (place < 0.78) return "order";
  return place < 0.93 ? "add_to_favourites" : "review";
}

/** A machine that fetches a few pages in a row. */
export function* crawl(random: Random, places: Places, at: number): Generator<Happening> {
  const { id, agent } = places.bot(random);
  let now = at;
  for (let left = 1 + random.below(6); left > 0; left--) {
    now += 800 + random.below(5_000);
    const path = pathOf(places.product(random));
    yield { type: "page_view", user_id: id, at: now, path, user_agent: agent };
  }
}
