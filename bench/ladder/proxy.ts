import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** What becomes of a connection to the database. */
export type Link = "as it is" | { delayMs: number } | "refused" | "cut" | "silent";

const HOST = "127.0.0.1";
/** Of an answer that is cut, so much arrives. */
const HEAD_BYTES = 40;

/** Stands before a server and does to its connections what networks do, those that are open among them. */
export class Proxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #link: Link = "as it is";

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#join(socket));
  }

  static async before(target: number): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, HOST, resolve));
    return proxy;
  }

  get url(): string {
    return `http://${HOST}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Open connections end where new ones would not come about. */
  set(link: Link): void {
    this.#link = link;
    if (link === "refused") this.#drop();
  }

  close(): void {
    this.#drop();
    this.#server.close();
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket): void {
    if (this.#link === "refused") {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ host: HOST, port: this.#target });
    const both = [near, far];
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.#sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    near.on("data", (part: Buffer) => far.write(part));
    far.on("data", (part: Buffer) => this.#answer(near, part));
  }

  #answer(near: Socket, part: Buffer): void {
    const link = this.#link;
    if (typeof link === "object") {
      // Parts of one answer stay in order, as each waits as long.
      setTimeout(() => near.write(part), link.delayMs);
    } else if (link === "cut") {
      near.write(part.subarray(0, HEAD_BYTES), () => near.destroy());
    } else if (link === "as it is") {
      near.write(part);
    }
  }
}
