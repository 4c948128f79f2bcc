import { CANARY } from "../../http/credentials.ts";
import type { Dice } from "./dice.ts";

const MOST = 80;
const ID_KEY = /^(?:id|\w+_id|slug|site|user)$/;

/** What an answer gave out, and the operation that did. */
interface Given {
  operation: string;
  value: string;
}

/** What earlier answers told: ids, cursors and entity tags, to be sent where they belong and where they do not. */
export class Pool {
  readonly #ids: Given[];
  readonly #cursors: Given[] = [];
  readonly #etags: Given[] = [];

  constructor(ids: readonly string[]) {
    this.#ids = ids.map((value) => ({ operation: "", value }));
  }

  take(operation: string, body: unknown, etag: string | null): void {
    if (etag !== null) keep(this.#etags, { operation, value: etag });
    this.#walk(operation, body);
  }

  id(dice: Dice): string {
    return dice.pick(this.#ids).value;
  }

  /** Of this list or any other, for this person or any other; `null` before there was one. */
  cursor(dice: Dice, operation: string): string | null {
    return pick(dice, this.#cursors, operation);
  }

  etag(dice: Dice, operation: string): string | null {
    return pick(dice, this.#etags, operation);
  }

  #walk(operation: string, value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== "string") this.#walk(operation, member);
      else if (key === "next_cursor") keep(this.#cursors, { operation, value: member });
      else if (ID_KEY.test(key) && isGood(member)) keep(this.#ids, { operation, value: member });
    }
  }
}

/** What has the canary in it would be said back by who may not know it. */
function isGood(id: string): boolean {
  return id !== "" && id.length <= 200 && !id.includes(CANARY);
}

/** Mostly of the same operation. */
function pick(dice: Dice, list: readonly Given[], operation: string): string | null {
  const own = list.filter((one) => one.operation === operation);
  const from = own.length > 0 && dice.chance(0.6) ? own : list;
  return from.length === 0 ? null : dice.pick(from).value;
}

/** Once each; the oldest makes room. */
function keep(list: Given[], given: Given): void {
  if (list.some(({ value }) => value === given.value)) return;
  list.push(given);
  if (list.length > MOST) list.shift();
}
