import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { HranaError } from "./protocol.ts";
import type { PipelineBody } from "./protocol.ts";
import { runPipeline } from "./pipeline.ts";
import { Streams } from "./streams.ts";
import { WriteQueue } from "./write-queue.ts";

export interface LibsqlServerOptions {
  /** Path of the database file, made where it is missing. */
  file: string;
  /** 0 for any free one. */
  port: number;
  host?: string;
  /** Asked of every client as a bearer token, where given. */
  authToken?: string;
  /** How long a stream may stay idle; 10 s, as Turso's. */
  streamTtlMs?: number;
}

export interface LibsqlServer {
  /** For TURSO_DATABASE_URL. */
  url: string;
  close(): Promise<void>;
}

/**
 * A libSQL server for one machine: Hrana over HTTP in front of the embedded engine, for runtimes that open no files.
 * Rejects with the listener's error (`EADDRINUSE`) where the port is taken.
 */
export async function startLibsqlServer(options: LibsqlServerOptions): Promise<LibsqlServer> {
  const queue = new WriteQueue();
  const streams = new Streams(options.file, options.streamTtlMs ?? 10_000, queue);
  streams.release(streams.take(null));
  const server = createServer((request, response) => {
    void answer(request, options.authToken, (body) => runPipeline(streams, queue, body)).then(
      ({ status, json }) => send(response, status, json),
      (error: unknown) => send(response, 500, { message: String(error), code: "INTERNAL_ERROR" }),
    );
  });
  server.keepAliveTimeout = 60_000;
  const host = options.host ?? "127.0.0.1";
  try {
    const port = await listen(server, options.port, host);
    return { url: `http://${host}:${port}`, close: () => close(server, streams) };
  } catch (error) {
    streams.close();
    throw error;
  }
}

interface Answer {
  status: number;
  json: object;
}

async function answer(
  request: IncomingMessage,
  authToken: string | undefined,
  run: (body: PipelineBody) => Promise<object>,
): Promise<Answer> {
  const [path] = (request.url ?? "/").split("?");
  if (request.method === "GET" && /^\/(?:health|v2|version)$/.test(path))
    return { status: 200, json: { ok: true } };
  if (authToken !== undefined && request.headers.authorization !== `Bearer ${authToken}`) {
    return { status: 401, json: { message: "The token is missing or wrong", code: "AUTH_JWT_INVALID" } };
  }
  if (request.method !== "POST" || path !== "/v2/pipeline") {
    return { status: 404, json: { message: `There is no ${path}`, code: "NOT_FOUND" } };
  }
  try {
    return { status: 200, json: await run(decodeBody(await readAll(request))) };
  } catch (error) {
    if (!(error instanceof HranaError)) throw error;
    return { status: 400, json: { message: error.message, code: error.code } };
  }
}

function decodeBody(text: string): PipelineBody {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && "requests" in body && Array.isArray(body.requests)) {
      return body as PipelineBody;
    }
  } catch {
    throw new HranaError("The body is not JSON", "HRANA_PROTO_ERROR");
  }
  throw new HranaError("The body has no requests", "HRANA_PROTO_ERROR");
}

/** By events: an iterator over the body costs more than the rest of reading it. */
function readAll(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

function send(response: ServerResponse, status: number, json: object): void {
  const body = JSON.stringify(json);
  // As text, which goes out in one piece with the headers.
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

async function close(server: Server, streams: Streams): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  streams.close();
}
