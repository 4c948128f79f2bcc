import type { Budget, CpuClass, Spending } from "../domain/budget.ts";

type Modest = Partial<Spending> & {
  cpu?: Exclude<CpuClass, "heavy" | "bulk">;
  cold?: Partial<Spending>;
};
type Exceptional = Omit<Modest, "cpu"> & { cpu?: CpuClass };

export interface Budgeted {
  "x-budget": Budget;
}

/**
 * Spread into `createRoute`: what one request may spend. Without more: one round trip, little CPU time, and one trip more in
 * an isolate that does not know yet who asks. What hashes, streams or imports says why it takes more.
 */
export function budget(limits?: Modest): Budgeted;
export function budget(limits: Exceptional, because: string): Budgeted;
export function budget({ cpu = "light", cold, ...spending }: Exceptional = {}, because?: string): Budgeted {
  const reason = because === undefined ? {} : { because };
  return { "x-budget": { trips: 1, ...spending, cpu, cold: { trips: 1, ...cold }, ...reason } };
}

/** What a route declares; `null` where it declares nothing. */
export function budgetOf(route: object | null | undefined): Budget | null {
  // Sound: `budget` alone makes such a value.
  return route && "x-budget" in route ? (route["x-budget"] as Budget) : null;
}
