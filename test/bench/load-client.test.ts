import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { closedLoad, getText } from "../../bench/load-client.ts";

let server: Server;
let connections = 0;

afterEach(() => new Promise<void>((done) => void server.close(() => done())));

async function listen(answer: RequestListener): Promise<number> {
  connections = 0;
  server = createServer(answer);
  server.on("connection", () => connections++);
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

function load(port: number, total: number) {
  return closedLoad({
    port,
    connections: 4,
    total,
    request: (i) => getText(port, `/${i}`, { "X-Number": String(i) }),
  });
}

test("sends each request once, over so many connections that are kept", async () => {
  const asked: string[] = [];
  const port = await listen((request, response) => {
    asked.push(`${request.url} ${request.headers["x-number"]}`);
    response.end("x".repeat(100));
  });
  const { n, errors, p99_ms } = await load(port, 40);
  expect(asked.toSorted()).toEqual(Array.from({ length: 40 }, (_, i) => `/${i} ${i}`).toSorted());
  expect({ n, errors, p99_ms, connections }).toEqual({ n: 40, errors: 0, p99_ms: null, connections: 4 });
});

test("answers in chunks and in pieces are read to their end", async () => {
  const port = await listen((_, response) => {
    response.write("a".repeat(70_000));
    setImmediate(() => response.end("b".repeat(70_000)));
  });
  const { n, errors, bytes_mean } = await load(port, 8);
  expect({ n, errors }).toEqual({ n: 8, errors: 0 });
  expect(bytes_mean).toBeGreaterThan(140_000);
});

test("answers that are not 200 and connections that are cut count as errors, and the load goes on", async () => {
  const port = await listen((request, response) => {
    const number = Number(request.url?.slice(1));
    if (number % 4 === 1) response.destroy();
    else response.writeHead(number % 4 === 2 ? 500 : 200).end();
  });
  const { n, errors } = await load(port, 40);
  expect({ n, errors }).toEqual({ n: 40, errors: 20 });
});
