import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { Server as HttpServer } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { benchState } from "./deployment.ts";
import type { Deployment } from "./deployment.ts";
import { ROOT } from "./paths.ts";
import { WORKER_BUNDLE } from "./worker-bundle.ts";

const HOST = "127.0.0.1";
const FIRST_EXTRA_FD = 3;
const { resolve } = createRequire(import.meta.url);

/** `workerd serve` by itself, as the platform runs it: no Miniflare between client and Worker, its log thrown away. */
export interface BareServers {
  port: number;
  pids: number[];
  stop(): void;
}

async function bundle(folder: string): Promise<void> {
  await build({
    ...WORKER_BUNDLE,
    entryPoints: [join(ROOT, "bench/search/workerd/deployed.ts")],
    outfile: join(folder, "worker.js"),
    assetNames: "[name]",
    logLevel: "warning",
  });
}

/** A data centre's cache in which nothing is yet, and which takes everything; the words are those that workerd expects. */
const EMPTY_CACHE = `export default {
  fetch({ method }) {
    if (method === "PUT") return new Response(null, { status: 204 });
    return new Response(null, { status: method === "GET" ? 504 : 404, headers: { "CF-Cache-Status": "MISS" } });
  },
}`;

/** `objects`: a folder for what Durable Objects keep, of one process. */
function configText(variables: Readonly<Record<string, string>>, objects: string): string {
  const texts = Object.entries(variables).map(
    ([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "vitrine", worker = .vitrine),
    (name = "nothing", worker = .nothing),
    (name = "cache", worker = .cache),
    (name = "objects", disk = (path = ${JSON.stringify(objects)}, writable = true)),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", http = (), service = "vitrine")],
);
const nothing :Workerd.Worker = (
  modules = [(name = "nothing.js", esModule = "export default { fetch: () => new Response(null, { status: 404 }) }")],
  compatibilityDate = "2026-10-20",
);
const cache :Workerd.Worker = (
  modules = [(name = "cache.js", esModule = ${JSON.stringify(EMPTY_CACHE)})],
  compatibilityDate = "2026-10-20",
);
const vitrine :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "image-codec.wasm", wasm = embed "image-codec.wasm"),
  ],
  compatibilityDate = "2026-10-20",
  globalOutbound = "internet",
  cacheApiOutbound = "cache",
  durableObjectNamespaces = [(className = "MetricsObject", uniqueKey = "metrics", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
  bindings = [
    ${texts.join(",\n    ")},
    (name = "VITRINE_KV", kvNamespace = "nothing"),
    (name = "JOBS", queue = "nothing"),
    (name = "IMAGE_JOBS", queue = "nothing"),
    (name = "METRICS", durableObjectNamespace = "MetricsObject"),
  ],
);
`;
}

function writeConfig(folder: string, variables: Readonly<Record<string, string>>, process: number): string {
  const objects = join(folder, `objects-${process}`);
  rmSync(objects, { recursive: true, force: true });
  mkdirSync(objects, { recursive: true });
  const config = join(folder, `config-${process}.capnp`);
  writeFileSync(config, configText(variables, objects));
  return config;
}

/** The deployment's blobs over HTTP. */
async function serveBlobs(deployment: Pick<Deployment, "blob">): Promise<HttpServer> {
  const server = createHttpServer((request, response) => {
    void deployment.blob((request.url ?? "").slice(1)).then((bytes) => {
      response.writeHead(bytes === null ? 404 : 200);
      response.end(bytes === null ? undefined : Buffer.from(bytes));
    });
  });
  await new Promise<void>((done) => server.listen(0, HOST, done));
  return server;
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen({ port, host: HOST, reusePort: true }, done));
  return server;
}

function descriptorOf(server: Server): number {
  const { _handle: handle } = server as unknown as { _handle: { fd: number } };
  return handle.fd;
}

/**
 * Starts `count` processes that share one port, each with a listening socket of its own, as gunicorn's workers do.
 * `variables` are for the Worker, and for what bench/search/workerd/deployed.ts does around it.
 */
export async function startBare(
  deployment: Pick<Deployment, "blob" | "variables">,
  count: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<BareServers> {
  const folder = join(benchState(), "bare");
  mkdirSync(folder, { recursive: true });
  await bundle(folder);
  const blobs = await serveBlobs(deployment);
  const { port: blobsPort } = blobs.address() as AddressInfo;
  const all = { ...deployment.variables, ...variables, BLOBS_URL: `http://${HOST}:${blobsPort}` };
  const binary = resolve("@cloudflare/workerd-linux-64/bin/workerd");
  const children: ChildProcess[] = [];
  let port = 0;
  for (let i = 0; i < count; i++) {
    const server = await listen(port);
    port = (server.address() as AddressInfo).port;
    const stdio = ["ignore", "ignore", "inherit", descriptorOf(server)] as const;
    const config = writeConfig(folder, all, i);
    const args = ["serve", config, `--socket-fd=http=${FIRST_EXTRA_FD}`];
    children.push(spawn(binary, args, { cwd: folder, stdio: [...stdio] }));
    // The child holds the socket now; a connection that this process took would never be answered.
    server.close();
  }
  return {
    port,
    pids: children.flatMap(({ pid }) => pid ?? []),
    stop() {
      for (const child of children) child.kill("SIGKILL");
      blobs.close();
    },
  };
}
