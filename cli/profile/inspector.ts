import { NetworkError } from "../errors.ts";
import { openSocket, type TextSocket } from "./socket.ts";
import type { Script } from "./source-names.ts";

const PATIENCE_MS = 15_000;

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** A session of the Chrome DevTools Protocol with one isolate: workerd's, Deno's or Node's. */
export class Inspector {
  #socket: TextSocket | null = null;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly scripts: Script[] = [];
  #lastId = 0;

  static async open(address: string): Promise<Inspector> {
    const inspector = new Inspector();
    const events = {
      message: (text: string) => inspector.#receive(JSON.parse(text) as Message),
      close: (code: number) => inspector.#end(code),
    };
    inspector.#socket = await openSocket(address, events, PATIENCE_MS).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new NetworkError(`Cannot reach the inspector ${address}: ${reason}`);
    });
    return inspector;
  }

  /** An idle isolate of workerd may answer only while it handles requests. */
  async send(method: string, params: object = {}): Promise<unknown> {
    if (this.#socket === null) throw new NetworkError(closedBy(1006));
    const id = ++this.#lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    const late = new NetworkError(`The inspector has not answered ${method} within ${PATIENCE_MS / 1_000} s`);
    const timer = setTimeout(waiting.reject, PATIENCE_MS, late);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return waiting.promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  close(): void {
    this.#socket?.close();
  }

  #end(code: number): void {
    this.#socket = null;
    for (const { reject } of this.#waiting.values()) reject(new NetworkError(closedBy(code)));
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (method === "Debugger.scriptParsed") this.scripts.push(params as Script);
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new NetworkError(`The inspector refused: ${error.message}`));
  }
}

/** 1013 is what wrangler says to a second client (`InspectorProxyWorker`). */
function closedBy(code: number): string {
  return code === 1013
    ? "The inspector has another client already: close the DevTools that are open on it"
    : "The inspector hung up";
}
