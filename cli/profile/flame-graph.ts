import { readFileSync } from "node:fs";
import type { Frame, Origin } from "./stacks.ts";

const WIDTH = 1_200;
const MARGIN = 12;
const HEAD = 118;
const ROW = 19;
const LETTER = 6.7;
/** Of all the time; narrower frames cannot be seen and would make the file large. */
const LEAST_SHARE = 0.0004;

const LEGEND: readonly (readonly [Origin, string])[] = [
  ["ours", "this project"],
  ["library", "a library"],
  ["wasm", "WebAssembly"],
  ["runtime", "the runtime"],
  ["engine", "V8: native code, garbage"],
];

export interface FlameGraphText {
  title: string;
  /** One line of what was measured. */
  facts: string;
}

interface Box {
  frame: Frame;
  /** Microseconds from the left edge. */
  start: number;
  depth: number;
}

/** A flame graph, callers above those they call, as one SVG file with its own style and script. */
export function flameGraph(root: Frame, { title, facts }: FlameGraphText): string {
  const boxes = boxesOf(root);
  const depth = boxes.reduce((most, box) => Math.max(most, box.depth), 0);
  const height = HEAD + (depth + 1) * ROW + MARGIN;
  const frames = boxes.map((box) => frameOf(box, root.totalMicros)).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" data-total="${Math.round(root.totalMicros)}" data-margin="${MARGIN}" data-letter="${LETTER}">
<title>${escape(title)}</title>
<style>${asset("flame-graph.css")}</style>
<rect class="page" width="100%" height="100%"/>
<text class="title" x="${MARGIN}" y="28">${escape(title)}</text>
<text class="facts" x="${MARGIN}" y="48">${escape(facts)}</text>
${legend()}
<text id="details" class="details" x="${MARGIN}" y="98" role="status" aria-live="polite"></text>
<g role="tree" aria-label="${escape(title)}">
${frames}
</g>
<script><![CDATA[
${asset("flame-graph.js")}]]></script>
</svg>
`;
}

function boxesOf(root: Frame): Box[] {
  const boxes: Box[] = [];
  const place = (frame: Frame, start: number, depth: number): void => {
    boxes.push({ frame, start, depth });
    let at = start;
    for (const child of frame.children) {
      if (child.totalMicros >= root.totalMicros * LEAST_SHARE) place(child, at, depth + 1);
      at += child.totalMicros;
    }
  };
  place(root, 0, 0);
  return boxes;
}

function frameOf({ frame, start, depth }: Box, total: number): string {
  const scale = total === 0 ? 0 : (WIDTH - 2 * MARGIN) / total;
  const [x, y] = [MARGIN + start * scale, HEAD + depth * ROW];
  const width = frame.totalMicros * scale;
  const words = escape(describe(frame, total));
  const place = `x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" rx="2"`;
  const text = `x="${(x + 4).toFixed(1)}" y="${y + 13}"`;
  const data = `data-name="${escape(frame.name)}" data-at="${escape(frame.at)}" data-start="${Math.round(start)}" data-micros="${Math.round(frame.totalMicros)}"`;
  const first = depth === 0 ? "0" : "-1";
  return `<g class="frame ${frame.origin}" role="treeitem" aria-level="${depth + 1}" aria-label="${words}" tabindex="${first}" ${data}><title>${words}</title><rect ${place} fill-opacity="${shadeOf(frame)}"/><text ${text}>${escape(clip(frame.name, width))}</text></g>`;
}

/** `fold src/index/fold.ts:12: 12.3 %, itself 1.2 %`. */
function describe({ name, at, totalMicros, selfMicros }: Frame, total: number): string {
  const share = (micros: number): string => `${total === 0 ? 0 : ((100 * micros) / total).toFixed(1)} %`;
  const where = at === "" || name.startsWith("(anonymous ") ? "" : ` ${at}`;
  return `${name}${where}: ${share(totalMicros)}, itself ${share(selfMicros)}`;
}

function clip(name: string, width: number): string {
  const letters = Math.floor((width - 8) / LETTER);
  if (letters >= name.length) return name;
  return letters < 3 ? "" : `${name.slice(0, letters - 1)}…`;
}

/** Neighbours of one colour are told apart; the same name always looks the same. */
function shadeOf({ name }: Frame): string {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (0.7 + (0.3 * (hash % 5)) / 4).toFixed(2);
}

function legend(): string {
  let x = MARGIN;
  return LEGEND.map(([origin, label]) => {
    const at = x;
    x += 26 + label.length * 7.2;
    return `<g class="frame ${origin} key"><rect x="${at}" y="62" width="11" height="11" rx="2"/><text x="${at + 16}" y="72">${label}</text></g>`;
  }).join("\n");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
