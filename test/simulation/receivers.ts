import type { Chances } from "./invocation.ts";

export interface Told {
  at: number;
  url: string;
  /** The header by which receivers tell repetitions. */
  id: string;
  body: { type: string; data: { id: string; status: string; sha256: string } };
  /** Whether the receiver has said that it has it. */
  isTaken: boolean;
}

const TIMEOUT_MS = 10_000;

/** The servers of organisations that are told of their images. */
export class Receivers {
  readonly told: Told[] = [];
  readonly #chances: Chances;

  constructor(chances: Chances) {
    this.#chances = chances;
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { kernel, faults } = this.#chances;
    const url = String(input instanceof Request ? input.url : input);
    const fails = kernel.random.chance(faults.receiverFails);
    const isSlow = kernel.random.chance(faults.receiverFails / 3);
    await kernel.sleep(isSlow ? 2_000 + kernel.random.next() * 10_000 : 50);
    const headers = new Headers(init?.headers);
    const id = headers.get("webhook-id") ?? "";
    this.told.push({
      at: kernel.now,
      url,
      id,
      body: JSON.parse(String(init?.body)) as Told["body"],
      isTaken: !fails,
    });
    kernel.note("receiver", `${url} ${id}: ${fails ? 500 : 204}`);
    if (isSlow && kernel.random.chance(0.5)) {
      await kernel.sleep(TIMEOUT_MS);
      throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    }
    return new Response(null, { status: fails ? 500 : 204 });
  };
}
