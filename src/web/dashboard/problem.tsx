import { orgHref } from "../components/org-nav.tsx";
import type { PartFailure } from "./view.ts";

interface Props {
  failure: PartFailure;
  org: string;
  /** The same page again: what "Try again" does without script. */
  href: string;
  /** What the island asks for again. */
  part: "overview" | "users";
}

/** Why a part cannot be shown, and the way on: again where that may help, else back to what is known to work. */
export function PartProblem({ failure, org, href, part }: Props) {
  return (
    <div class="state part-problem" role="alert">
      <p class="state-title">
        {failure.isPassing ? "This part does not answer just now" : "This cannot be shown"}
      </p>
      <p class="muted">{failure.message}</p>
      <p>
        {failure.isPassing ? (
          <a class="button button-primary" id={`retry-${part}`} href={href} data-retry={part}>
            Try again
          </a>
        ) : (
          <a class="button button-primary" href={orgHref(org)}>
            Back to the last 30 days
          </a>
        )}
      </p>
    </div>
  );
}
