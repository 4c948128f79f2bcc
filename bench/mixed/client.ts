import { Agent, request as startRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Sent {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** The client's own address, where it is not the usual one. */
  from?: string;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const TIMEOUT_MS = 30_000;
/** workerd ends a connection that was idle for 15 s: who sends on it in that moment gets none of the server's answers. */
const IDLE_MS = 4_000;
const MOST_TRIES = 20;

/** Requests over connections that are kept, as many as are needed at once. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  readonly #port: number;
  readonly #timeoutMs: number;

  constructor(port: number, timeoutMs = TIMEOUT_MS) {
    this.#port = port;
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects where the connection ends or nothing comes for so long. */
  send({ method, path, headers, body, from }: Sent): Promise<Answered> {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const place = {
      host: "127.0.0.1",
      port: this.#port,
      ...(from === undefined ? {} : { localAddress: from }),
    };
    const how = { agent: this.#agent, timeout: this.#timeoutMs };
    const sent = startRequest(
      { ...place, ...how, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.once("error", reject);
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      },
    );
    sent.once("error", reject);
    sent.once("timeout", () =>
      sent.destroy(new Error(`${method} ${path} takes more than ${this.#timeoutMs} ms`)),
    );
    sent.end(body);
    return promise;
  }

  /** Before and after the load: asks again where a busy deployment is not ready for it. */
  async json<T>(sent: Sent): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { status, body } = await this.send(sent);
      if (status < 300) return JSON.parse(String(body)) as T;
      if (status !== 503 || tries === MOST_TRIES)
        throw new Error(`${sent.method} ${sent.path} answers ${status}: ${String(body).slice(0, 300)}`);
      await sleep(1_000);
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
