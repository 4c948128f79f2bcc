import type { TraceLine } from "./kernel.ts";
import type { Outcome } from "./simulate.ts";

const SHOWN = 60;

export interface Played {
  seed: number;
  steps: number;
  /** The bug that was planted. */
  bug?: string | undefined;
}

/** The command that plays the same again. */
export function replayCommand({ seed, steps, bug }: Played): string {
  const planted = bug === undefined ? "" : ` --bug ${bug}`;
  return `npm run bench simulation -- --seed ${seed} --steps ${steps}${planted}`;
}

/** What was wrong, how to play it again, and of the trace what speaks of it. */
export function describeFailure({ violations, lines }: Outcome, played: Played): string {
  const [first] = violations;
  const start = lines[0]?.at ?? 0;
  const about = lines.filter(({ who, what }) =>
    first.about.some((word) => who.includes(word) || what.includes(word)),
  );
  return [
    `Seed ${played.seed} breaks "${first.invariant}": ${first.detail}`,
    `again: ${replayCommand(played)}`,
    ...about.slice(-SHOWN).map((line) => textOf(line, start)),
  ].join("\n");
}

export function textOf({ at, who, what }: TraceLine, start: number): string {
  return `${((at - start) / 1_000).toFixed(3).padStart(9)} s  ${who}: ${what}`;
}
