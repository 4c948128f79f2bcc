import type { Log } from "../../ports/log.ts";
import type { RateLimit as Port, RateLimitClass, RateLimitPolicy } from "../../ports/rate-limit.ts";
import { RATE_LIMIT_POLICIES } from "../memory/rate-limit.ts";
import type { WorkersEnv } from "./env.ts";

const BINDING_OF = {
  read: "RATE_READ",
  write: "RATE_WRITE",
  upload: "RATE_UPLOAD",
  post: "RATE_POST",
  like: "RATE_LIKE",
  ask: "RATE_ASK",
  sensitive: "RATE_SENSITIVE",
} as const satisfies Record<RateLimitClass, keyof WorkersEnv>;

type Bindings = Pick<WorkersEnv, (typeof BINDING_OF)[RateLimitClass]>;

/** Workers' rate limiting: counted per data centre. Its numbers stand in wrangler.toml, the same as here. */
export class WorkersRateLimit implements Port {
  readonly #bindings: Bindings;
  readonly #log: Log;

  constructor(bindings: Bindings, log: Log) {
    this.#bindings = bindings;
    this.#log = log;
  }

  policy(of: RateLimitClass): RateLimitPolicy {
    return RATE_LIMIT_POLICIES[of];
  }

  async take(of: RateLimitClass, key: string): Promise<boolean> {
    try {
      const { success } = await this.#bindings[BINDING_OF[of]].limit({ key });
      return success;
    } catch (error) {
      this.#log.warn("rate_limit_failed", { class: of, error });
      return true;
    }
  }
}
