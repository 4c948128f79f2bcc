/** Colours of the shop's pages, in light and in dark; a picture in a page knows the reader's choice by itself. */
const STYLE = `
  .paper { fill: #fbfbf9 } .ink { fill: #171a18 } .muted { fill: #5a625c }
  .grid { stroke: #e3e6e0 } .base { stroke: #868e88 }
  .ours { fill: #14523f } .theirs { fill: #868e88 } .other { fill: #b06f12 }
  .ours-line { stroke: #14523f } .theirs-line { stroke: #868e88 } .other-line { stroke: #b06f12 }
  text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums }
  .title { font-size: 15px; font-weight: 600 } .head { font-weight: 600 } .small { font-size: 11px }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round } .stem { stroke-width: 2; opacity: 0.35 }
  .faint { opacity: 0.45 } .dashed { stroke-dasharray: 2 4 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #121513 } .ink { fill: #eef1ec } .muted { fill: #a5aea7 }
    .grid { stroke: #2a302c } .base { stroke: #737c75 }
    .ours { fill: #93d6b7 } .theirs { fill: #737c75 } .other { fill: #e4b24e }
    .ours-line { stroke: #93d6b7 } .theirs-line { stroke: #737c75 } .other-line { stroke: #e4b24e }
  }`;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export interface Picture {
  width: number;
  height: number;
  /** Read out in its place. */
  description: string;
}

export function svg({ width, height, description }: Picture, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(description)}">
<style>${STYLE}
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${parts.join("\n")}
</svg>
`;
}

type Anchor = "start" | "middle" | "end";

export function text(
  [x, y]: readonly [number, number],
  content: string,
  { look = "ink", anchor = "start" }: { look?: string; anchor?: Anchor } = {},
): string {
  return `<text class="${look}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  look: string,
): string {
  return `<line class="${look}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function dot([x, y]: readonly [number, number], look: string): string {
  return `<circle class="${look}" cx="${round(x)}" cy="${round(y)}" r="4.5"/>`;
}

export function bar(x: number, y: number, width: number, look: string): string {
  return `<rect class="${look}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(1, width))}" height="12" rx="2"/>`;
}

export function curve(points: readonly (readonly [number, number])[], look: string): string {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return `<path class="curve ${look}" d="${path}"/>`;
}
