import type { Random } from "../random.ts";

const DAY_MS = 86_400_000;

/** How busy each hour of a local day is. */
const WORKDAY: readonly number[] = [
  6, 3, 2, 1, 1, 2, 6, 14, 22, 26, 28, 30, 34, 30, 26, 26, 28, 32, 38, 46, 52, 48, 32, 16,
];
const WEEKEND: readonly number[] = [
  10, 6, 4, 2, 1, 1, 3, 6, 14, 26, 38, 44, 44, 40, 38, 40, 42, 40, 36, 38, 42, 38, 28, 18,
];
/** From Sunday. */
const WEEK: readonly number[] = [0.86, 1.04, 1.07, 1.05, 1.02, 0.92, 0.74];
/** From January: gifts in November and December, holidays in July and August. */
const YEAR: readonly number[] = [0.92, 0.9, 0.96, 0.98, 1, 0.97, 0.88, 0.87, 0.99, 1.04, 1.24, 1.32];

/** A campaign: how many days before the end it begins, and by what it multiplies each of its days. */
export const CAMPAIGN = { daysBefore: 76, factors: [1.9, 3.4, 2.9, 2.2, 1.7, 1.4, 1.2] } as const;

const START_LEVEL = 0.4;

export function isWeekend(day: number): boolean {
  return weekdayOf(day) % 6 === 0;
}

/** Of a day counted from the epoch, 0 is Sunday: the first day of the epoch was a Thursday. */
function weekdayOf(day: number): number {
  return (day + 4) % 7;
}

/** What a campaign multiplies the day's visits by; 1 outside of it. */
export function campaignFactor(daysBeforeEnd: number): number {
  return CAMPAIGN.factors[CAMPAIGN.daysBefore - daysBeforeEnd] ?? 1;
}

/** How busy a day is, without chance: growth over the time covered, the week and the year. */
export function levelOf(day: number, share: number): number {
  const month = new Date(day * DAY_MS).getUTCMonth();
  return (START_LEVEL + (1 - START_LEVEL) * share) * WEEK[weekdayOf(day)] * YEAR[month];
}

/** A moment of a local day in milliseconds after its midnight, when people are up. */
export function momentOfDay(random: Random, day: number): number {
  const weights = isWeekend(day) ? WEEKEND : WORKDAY;
  let target = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const hour = weights.findIndex((weight) => (target -= weight) < 0);
  return (Math.max(0, hour) * 3_600 + random.below(3_600)) * 1_000 + random.below(1_000);
}
