import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

export class PortError extends Error {
  override readonly name = "PortError";
}

/** The port of `PORT`, if it is free. Throws `PortError` with what to do instead. */
export async function choosePort(wanted: string | undefined, host: string): Promise<number> {
  const port = wanted === undefined || wanted === "" ? 8787 : Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PortError(`PORT is "${wanted}": a number from 1 to 65535 is needed`);
  }
  if (await isFree(port, host)) return port;
  const other = await nextFree(port + 1, host);
  throw new PortError(
    `Port ${port} is taken by another program: stop it, or choose another port: PORT=${other} npm run dev`,
  );
}

/** Where DevTools look by themselves, or else any; the inspector never listens beyond this machine. */
export async function chooseInspectorPort(): Promise<number> {
  return (await isFree(9_229, "127.0.0.1")) ? 9_229 : freePort("127.0.0.1");
}

/** A port that was free a moment ago. */
export function freePort(host: string): Promise<number> {
  return listenOnce(0, host);
}

async function isFree(port: number, host: string): Promise<boolean> {
  return listenOnce(port, host).then(
    () => true,
    () => false,
  );
}

async function nextFree(from: number, host: string): Promise<number> {
  for (let port = from; port < from + 50 && port <= 65_535; port++) if (await isFree(port, host)) return port;
  return freePort(host);
}

function listenOnce(port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject);
  server.listen({ port, host, exclusive: true }, () => {
    const { port: bound } = server.address() as AddressInfo;
    server.close(() => resolve(bound));
  });
  return promise;
}
