import type { Child } from "hono/jsx";
import { Layout } from "./layout.tsx";

interface Props {
  title: string;
  lead?: Child;
  /** Says so in the title of the window, which is what is read out first. */
  failed?: boolean;
  children?: Child;
}

/** The frame of the pages through which one comes in: a narrow form beside a window. */
export function Entrance({ title, lead, failed = false, children }: Props) {
  const head = {
    title: `${failed ? "Error: " : ""}${title} · Vitrine`,
    description: `${title}: accounts of merchants and their teams.`,
    indexed: false,
  };
  return (
    <Layout head={head} bundle="account">
      <div class="entrance">
        <Window />
        <div class="entrance-form">
          <h1>{title}</h1>
          {lead === undefined ? null : <p class="entrance-lead">{lead}</p>}
          {children}
        </div>
      </div>
    </Layout>
  );
}

/** From left to right and height of each bar: three behind either half of the window. */
const BARS = [
  [30, 52],
  [72, 88],
  [114, 70],
  [182, 124],
  [224, 108],
  [266, 176],
] as const;

function Window() {
  return (
    <svg class="entrance-picture" viewBox="0 0 320 420" aria-hidden="true" focusable="false">
      <path class="pane" d="M10 410V160a150 150 0 0 1 300 0v250z" />
      <circle class="sun" cx="222" cy="118" r="26" />
      {BARS.map(([left, height], index) => (
        <rect
          class={index === BARS.length - 1 ? "bar bar-high" : "bar"}
          x={left}
          y={410 - height}
          width="24"
          height={height}
          rx="4"
        />
      ))}
      <path class="frame" d="M10 410V160a150 150 0 0 1 300 0v250zM160 10v400M10 200h300" />
    </svg>
  );
}
