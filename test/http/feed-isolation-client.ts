import type { Clock } from "../../src/ports/clock.ts";
import type { Json } from "./feed-isolation-oracle.ts";

export type ClientKind = "program" | "browser" | "careless";

/** More than a client here has under way at once. */
const KEPT_TOKENS = 4;

/** What the client was told it had done last, for the page to show. */
export interface OwnWrite {
  commit: number;
  isShown(page: Json): boolean;
}

/**
 * One device of a person: a program that sends the tokens of its last answers, a browser with its cookies, or a program that
 * keeps one token, of whatever came last.
 */
export class FeedClient {
  readonly user: string;
  readonly kind: ClientKind;
  readonly #session: string;
  readonly #clock: Clock;
  readonly #jar = new Map<string, { value: string; until: number }>();
  #tokens: string[] = [];
  underWay = 0;
  /** The state of the database after the last own write that was answered. */
  lastCommit = 0;
  lastWrite: OwnWrite | null = null;

  constructor(user: string, kind: ClientKind, session: string, clock: Clock) {
    this.user = user;
    this.kind = kind;
    this.#session = session;
    this.#clock = clock;
  }

  /** Who it is, without what it knows. */
  get credential(): Record<string, string> {
    if (this.kind !== "browser") return { authorization: `Bearer ${this.#session}` };
    const cookie = `better-auth.session_token=${encodeURIComponent(this.#session)}`;
    return { cookie, "sec-fetch-site": "same-origin" };
  }

  get tokens(): string[] {
    return this.kind === "browser" ? this.#cookies().map(([, { value }]) => value) : this.#tokens;
  }

  /** With what it knows, and what else stands in the header. */
  headers(besides: readonly string[] = []): Record<string, string> {
    const { credential } = this;
    const tokens = this.kind === "browser" ? besides : [...besides, ...this.#tokens];
    const token: Record<string, string> =
      tokens.length === 0 ? {} : { "consistency-token": tokens.join(", ") };
    if (this.kind !== "browser") return { ...credential, ...token };
    const cookies = this.#cookies().map(([name, { value }]) => `${name}=${value}`);
    return { ...credential, ...token, cookie: [credential.cookie, ...cookies].join("; ") };
  }

  /** Takes what an answer says. */
  take({ headers }: Response): void {
    for (const cookie of headers.getSetCookie()) this.#keep(cookie);
    const token = headers.get("consistency-token");
    if (token === null || this.kind === "browser") return;
    const kept = this.kind === "careless" ? 1 : KEPT_TOKENS;
    this.#tokens = [...this.#tokens.filter((one) => one !== token), token].slice(-kept);
  }

  #cookies(): [string, { value: string; until: number }][] {
    return [...this.#jar].filter(([, { until }]) => until > this.#clock.now());
  }

  #keep(cookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const [, seconds] = /max-age=(\d+)/i.exec(cookie) ?? [];
    const until = seconds === undefined ? Infinity : this.#clock.now() + Number(seconds) * 1_000;
    if (name !== undefined && value !== undefined) this.#jar.set(name, { value, until });
  }
}
