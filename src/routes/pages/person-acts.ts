import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import { askFriend, endFriendship } from "../../services/friends/friendships.ts";
import { hidePerson, unhidePerson } from "../../services/friends/hidings.ts";
import { countForm } from "../middleware/rate-limit.ts";
import { toAppError } from "../middleware/problem.ts";
import { type AppEnv, ctxOf } from "../openapi.ts";

/** What a form of these pages asks to do to a person. */
const ACTS = [
  "ask",
  "accept",
  "withdraw",
  "decline",
  "unfriend",
  "mute",
  "unmute",
  "block",
  "unblock",
] as const;
type Act = (typeof ACTS)[number];

/** What was done, for the address that says so. */
export type PersonDone = Exclude<Act, "ask" | "accept"> | "asked" | "friends";

export const DONE_WORDS: Readonly<Record<PersonDone, string>> = {
  asked: "You have asked. You are friends once they accept.",
  friends: "You are friends now.",
  withdraw: "Your request is withdrawn.",
  decline: "The request is declined. They are not told.",
  unfriend: "You are no longer friends.",
  mute: "Muted: you no longer see each other’s posts, likes and comments. They are not told.",
  unmute: "No longer muted.",
  block: "Blocked: for them you are not here any more.",
  unblock: "No longer blocked. To be friends, one of you has to ask.",
};

/** A page may be older than what the two are by now. */
const ENDED = { withdraw: "asked", decline: "asking", unfriend: "friends" } as const;

/** Does to a person what a form asks for, counted as the API counts it. Throws what the verbs throw, and `rate_limited`. */
export async function actOnPerson(
  c: Context<AppEnv>,
  asked: string | null,
  user: string,
): Promise<PersonDone> {
  const act = ACTS.find((one) => one === asked);
  if (act === undefined) throw new AppError("invalid_input", "The form asks for nothing that is known");
  await countForm(c, act === "ask" || act === "accept" ? "ask" : "write");
  const ctx = ctxOf(c);
  switch (act) {
    case "ask":
    case "accept":
      return askFriend(ctx, user);
    case "withdraw":
    case "decline":
    case "unfriend":
      await endFriendship(ctx, user, ENDED[act]);
      return act;
    case "mute":
    case "block":
      await hidePerson(ctx, { kind: act, user });
      return act;
    case "unmute":
    case "unblock":
      await unhidePerson(ctx, { kind: act === "unmute" ? "mute" : "block", user });
      return act;
    default:
      return act satisfies never;
  }
}

export interface PageProblem {
  text: string;
  status: number;
}

export const TOO_MANY = "That was a lot in a short time. Wait a minute, then try again.";
const GONE = "This person is not here any more.";

/**
 * What to say in place of an error that is the reader's to mend, for `error` thrown on. Ids in its words become
 * `this person`; `Retry-After` is set where it is known.
 */
export function problemInWords(c: Context<AppEnv>, thrown: unknown, id: string): PageProblem {
  const { code, status, facts } = toAppError(thrown);
  switch (code) {
    case "rate_limited":
      c.header("Retry-After", String(facts.retryAfterSeconds ?? 60));
      return { text: TOO_MANY, status };
    case "not_found":
      return { text: GONE, status };
    case "conflict":
    case "invalid_input": {
      const text = facts.detail.replaceAll(`"${id}"`, "this person");
      return { text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, status };
    }
    default:
      throw thrown;
  }
}
