import { areaPath, linePath } from "./path.ts";
import { pointPosition, verticalScale } from "./scale.ts";

const HEIGHT = 40;
const ROOM = 3;

/** The course alone, from zero: the numbers are beside it and in the chart, so it is decoration for those who do not see it. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const highest = values.reduce((max: number, value) => Math.max(max, value ?? 0), 0);
  const y = verticalScale(highest, ROOM, HEIGHT - ROOM);
  const points = values.map((value, index) =>
    value === null ? null : { x: pointPosition(index, values.length) * 2, y: y(value) },
  );
  return (
    <svg
      class="sparkline"
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 200 ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="area" d={areaPath(points, HEIGHT)} />
      <path class="curve" d={linePath(points)} />
    </svg>
  );
}
