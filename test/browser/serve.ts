import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWeb } from "../../scripts/build-web.ts";
import { openShop } from "./open-shop.ts";
import type { OpenShop } from "./open-shop.ts";

const PUBLIC = fileURLToPath(new URL("../../public", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../src/web", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

export interface Served {
  url: string;
  close(): Promise<void>;
}

/** The application on memory ports with what `open` put there, behind a real port, beside the files of public/. */
export async function serveShop(open: () => Promise<OpenShop> = () => openShop()): Promise<Served> {
  const [shop] = await Promise.all([open(), buildIfOlder()]);
  const server = createServer((request, response) => {
    void answer(request, response, shop.fetch).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => stop(server, shop.close) };
}

// Several test files run at once: one that builds must not pull the files from under another's browser.
async function buildIfOlder(): Promise<void> {
  const built = await changedAt(join(PUBLIC, "build/shop.js"));
  const sources = await readdir(SOURCES, { recursive: true });
  const changes = await Promise.all(sources.map((name) => changedAt(join(SOURCES, name))));
  if (Math.max(...changes) > built) await buildWeb();
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}

async function stop(server: Server, close: () => void): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  close();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  fetch: (request: Request) => Promise<Response>,
): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const file = await staticFile(url.pathname);
  if (file !== null) {
    response
      .writeHead(200, { "Content-Type": TYPES[extname(url.pathname)] ?? "application/octet-stream" })
      .end(file);
    return;
  }
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const body = request.method === "GET" || request.method === "HEAD" ? null : await bytesOf(request);
  const answered = await fetch(new Request(url, { method: request.method, headers, body }));
  const cookies = answered.headers.getSetCookie();
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    ...(cookies.length === 0 ? {} : { "set-cookie": cookies }),
  });
  if (answered.headers.get("content-type")?.startsWith("text/event-stream"))
    await pass(answered.body, response);
  else response.end(Buffer.from(await answered.arrayBuffer()));
}

/** As it comes: events are to be seen before their stream ends. */
async function pass(body: ReadableStream<Uint8Array> | null, response: ServerResponse): Promise<void> {
  const reader = body?.getReader();
  response.on("close", () => void reader?.cancel().catch(() => undefined));
  response.flushHeaders();
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read())
    response.write(piece.value);
  response.end();
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}

async function staticFile(pathname: string): Promise<Uint8Array | null> {
  if (extname(pathname) === "") return null;
  return readFile(join(PUBLIC, normalize(pathname))).catch(() => null);
}
