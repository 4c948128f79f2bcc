import { runsOf } from "../dashboard/path.ts";
import type { Point } from "../dashboard/path.ts";

type Points = readonly (Point | null)[];

/** From point to point in straight lines, as it was measured; gaps stay open. A lone point is a dot by its round end. */
export function stepsPath(points: Points): string {
  return runsOf(points)
    .map((run) => (run.length === 1 ? `M${at(run[0])}h0` : `M${run.map(at).join("L")}`))
    .join("");
}

/** What lies between two lines, where both are. */
export function bandPath(upper: Points, lower: Points): string {
  const both = upper.map((point, i) => {
    const below = lower[i] ?? null;
    return point === null || below === null ? null : { x: point.x, y: point.y, below };
  });
  return runsOf(both)
    .filter((run) => run.length > 1)
    .map((run) => {
      const back = run.map(({ below }) => at(below)).reverse();
      return `M${run.map(at).join("L")}L${back.join("L")}Z`;
    })
    .join("");
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
