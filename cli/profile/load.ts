import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export interface LoadTarget {
  /** `{n}` in its query stands for a number that is another one in each request. */
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

export interface Answer {
  status: number;
  millis: number;
  text: string;
}

export interface LoadResult {
  seconds: number;
  /** How many answers there were of each status. */
  statuses: ReadonlyMap<number, number>;
  /** Requests without an answer, by reason. */
  failures: ReadonlyMap<string, number>;
  /** Of whole answers, sorted. */
  millis: readonly number[];
}

/** An answer is read to its end within so long, else it is a failure. */
const PATIENCE_MS = 10_000;

/** Asks over and over on a number of connections, each as soon as the last answer has ended. */
export class Load {
  readonly #target: LoadTarget;
  readonly #agent: HttpAgent;
  readonly #loops: readonly Promise<void>[];
  readonly #statuses = new Map<number, number>();
  readonly #failures = new Map<string, number>();
  #asked = 0;
  #millis: number[] = [];
  #since = performance.now();
  #ended = false;

  constructor(target: LoadTarget, connections: number) {
    this.#target = target;
    this.#agent = agentFor(target, connections);
    this.#loops = Array.from({ length: connections }, () => this.#loop());
  }

  /** Forgets what was counted so far: the load itself goes on. */
  restart(): void {
    this.#statuses.clear();
    this.#failures.clear();
    this.#millis = [];
    this.#since = performance.now();
  }

  /** What was counted since the last start. */
  result(): LoadResult {
    return {
      seconds: (performance.now() - this.#since) / 1_000,
      statuses: new Map(this.#statuses),
      failures: new Map(this.#failures),
      millis: this.#millis.toSorted((a, b) => a - b),
    };
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#agent.destroy();
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#ended) {
      try {
        const { status, millis } = await ask(this.#target, this.#agent, {
          number: ++this.#asked,
          keepsText: false,
        });
        this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
        this.#millis.push(millis);
      } catch (error) {
        if (this.#ended) return;
        const reason = error instanceof Error ? error.message : String(error);
        this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
        // A server that refuses at once is not to be asked a thousand times a second.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

/** One request, for a look before the load. */
export async function askOnce(target: LoadTarget): Promise<Answer> {
  const agent = agentFor(target, 1);
  return ask(target, agent, { number: 0, keepsText: true }).finally(() => agent.destroy());
}

function agentFor({ url }: LoadTarget, connections: number): HttpAgent {
  const options = { keepAlive: true, maxSockets: connections };
  return url.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options);
}

interface Asking {
  number: number;
  keepsText: boolean;
}

function ask(target: LoadTarget, agent: HttpAgent, { number, keepsText }: Asking): Promise<Answer> {
  const { method, headers, body } = target;
  const url = new URL(target.url.href.replaceAll(/%7Bn%7D|\{n\}/gi, String(number)));
  const started = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const asked = request(url, { method, headers: { ...headers }, agent });
  const timer = setTimeout(
    () => asked.destroy(new Error(`no whole answer within ${PATIENCE_MS / 1_000} s`)),
    PATIENCE_MS,
  );
  asked.once("response", (response: IncomingMessage) => {
    const pieces: Buffer[] = [];
    response.on("data", (piece: Buffer) => (keepsText ? pieces.push(piece) : undefined));
    response.once("error", reject);
    response.once("end", () => {
      const text = Buffer.concat(pieces).toString();
      resolve({ status: response.statusCode ?? 0, millis: performance.now() - started, text });
    });
  });
  asked.once("error", reject);
  asked.end(body);
  return promise.finally(() => clearTimeout(timer));
}

/** The smallest of the sorted values that `share` of them do not exceed; `NaN` of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
