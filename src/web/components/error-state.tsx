import type { Problem } from "../search-page.ts";

const MESSAGES = {
  offline: ["You are offline", "The search needs a connection. It tries again by itself once you are back."],
  busy: ["One moment, please", "There were many searches in a short time. Try again in a few seconds."],
  broken: ["The search does not answer", "That is our fault, not yours. Try again in a moment."],
} as const satisfies Record<Problem, readonly [string, string]>;

interface Props {
  problem: Problem;
  /** The same search as a page of its own: what the retry does without script. */
  href: string;
}

export function ErrorState({ problem, href }: Props) {
  const [title, text] = MESSAGES[problem];
  return (
    <div class="state" role="alert">
      <p class="state-title">{title}</p>
      <p class="muted">{text}</p>
      <p>
        <a class="button button-primary" data-retry="" href={href}>
          Try again
        </a>
      </p>
    </div>
  );
}
