import type { Random } from "./random.ts";

const SPREAD = 0.16;

/** A price as shops set it, in cents: near `dollars`, ending in .99, .95 or .00. */
export function priceCents(random: Random, dollars: number): number {
  const drawn = dollars * 2 ** (random.gaussian() * SPREAD);
  const whole = Math.max(2, Math.round(drawn));
  if (whole >= 200)
    return random.chance(0.6) ? Math.round(whole / 10) * 1000 - 100 : Math.round(whole / 5) * 500;
  const ending = random.pick([99, 99, 95, 0] as const);
  return ending === 0 ? whole * 100 : (whole - 1) * 100 + ending;
}

export interface Reception {
  /** 3.4 to 4.9, mostly above 4; null where nobody has rated. */
  rating: number | null;
  ratingCount: number;
}

/** Few products have most of the ratings: the count follows a power law up to 18,000. */
export function reception(random: Random): Reception {
  const liking = Math.max(random.next(), random.next());
  const share = 1 - random.next();
  if (random.chance(0.03)) return { rating: null, ratingCount: 0 };
  const ratingCount = Math.floor(9 / (share ** 1.2 + 0.0005));
  return { rating: Math.round((3.4 + liking * 1.5) * 10) / 10, ratingCount };
}
