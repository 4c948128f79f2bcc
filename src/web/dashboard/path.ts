export interface Point {
  x: number;
  y: number;
}

/** The stretches of points without a gap. */
export function runsOf<P extends Point>(points: readonly (P | null)[]): P[][] {
  const runs: P[][] = [];
  let run: P[] = [];
  for (const point of [...points, null]) {
    if (point !== null) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}

/** A smooth line that keeps to its points: it never swings above or below two neighbours. Gaps (`null`) stay open. */
export function linePath(points: readonly (Point | null)[]): string {
  return runsOf(points).map(smooth).join("");
}

/** The same line closed down to `base`. */
export function areaPath(points: readonly (Point | null)[], base: number): string {
  return runsOf(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const first = run[0];
      const last = run[run.length - 1];
      return `${smooth(run)}L${round(last.x)} ${round(base)}L${round(first.x)} ${round(base)}Z`;
    })
    .join("");
}

/** Steps between points as cubic curves, by their tangents. */
function smooth(run: readonly Point[]): string {
  const [first] = run;
  // A lone point between gaps is drawn by the round end of a line without length.
  if (run.length === 1) return `M${round(first.x)} ${round(first.y)}h0`;
  const slopes = tangents(run);
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (let i = 1; i < run.length; i++) {
    const [from, to] = [run[i - 1], run[i]];
    const third = (to.x - from.x) / 3;
    const c1 = `${round(from.x + third)} ${round(from.y + third * slopes[i - 1])}`;
    const c2 = `${round(to.x - third)} ${round(to.y - third * slopes[i])}`;
    path += `C${c1} ${c2} ${round(to.x)} ${round(to.y)}`;
  }
  return path;
}

/** Tangents that keep the curve monotone between points: Steffen, Astron. Astrophys. 239 (1990), 443. */
function tangents(run: readonly Point[]): number[] {
  const last = run.length - 1;
  const width = (i: number) => run[i + 1].x - run[i].x;
  const secant = (i: number) => (run[i + 1].y - run[i].y) / width(i);
  const inner = (i: number) => {
    const [before, after] = [secant(i - 1), secant(i)];
    if (before * after <= 0) return 0;
    const mean = (before * width(i) + after * width(i - 1)) / (width(i - 1) + width(i));
    return Math.sign(before) * Math.min(Math.abs(before), Math.abs(after), Math.abs(mean) / 2) * 2;
  };
  return run.map((_, i) => {
    if (i > 0 && i < last) return inner(i);
    return i === 0 ? secant(0) : secant(last - 1);
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
