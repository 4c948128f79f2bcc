import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Service {
  url: string;
  close(): Promise<void>;
}

/** Serves a fetch handler over real HTTP, on a free port. */
export async function serve(handle: (request: Request) => Promise<Response> | Response): Promise<Service> {
  const server = createServer(async (incoming, outgoing) => {
    const response = await Promise.resolve(handle(await requestOf(incoming))).catch(failed);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const entries = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const body = method === "GET" ? undefined : await buffer(incoming);
  return new Request(`http://${headers.host}${url}`, { method, headers: new Headers(entries), body });
}

function failed(error: unknown): Response {
  return Response.json({ title: String(error) }, { status: 500 });
}
