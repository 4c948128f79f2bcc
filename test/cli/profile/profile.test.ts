import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freePort, start, until, type Started } from "../../platform/process.ts";
import { vitrine, type Ran } from "../command-line.ts";

const SERVER = join(import.meta.dirname, "busy-server.ts");
const BRIEF = ["--seconds", "1", "--warm-up", "0", "--connections", "2"];

let folder: string;
const cleanups: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-profile-"));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

interface Serving {
  url: string;
  inspector: string;
}

async function serve(program: string, args: readonly string[], inspectorPort: number): Promise<Serving> {
  const server: Started = start(program, [...args, SERVER], {});
  cleanups.push(() => server.kill());
  const port = (): string | undefined => /listening on (\d+)/.exec(server.output())?.[1];
  await until(`it listens: ${server.output()}`, () => port() !== undefined, 15_000);
  return { url: `http://127.0.0.1:${port()}`, inspector: `127.0.0.1:${inspectorPort}` };
}

async function serveByNode(): Promise<Serving> {
  const inspectorPort = await freePort();
  return serve(process.execPath, [`--inspect=127.0.0.1:${inspectorPort}`], inspectorPort);
}

async function serveByDeno(): Promise<Serving> {
  const manifest = createRequire(import.meta.url).resolve("deno/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | { deno: string } };
  const program = join(dirname(manifest), typeof bin === "string" ? bin : bin.deno);
  const inspectorPort = await freePort();
  const args = [program, "run", "-A", `--inspect=127.0.0.1:${inspectorPort}`];
  return serve(process.execPath, args, inspectorPort);
}

async function serveByWorkerd(): Promise<Serving> {
  const outfile = join(folder, "worker.js");
  const entry = join(import.meta.dirname, "busy-worker.ts");
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, format: "esm", sourcemap: true });
  const inspectorPort = await freePort();
  const worker = {
    name: "busy",
    modulesRoot: folder,
    modules: [{ type: "ESModule", path: outfile }],
    compatibilityDate: "2026-10-20",
  };
  const options = convertV4MiniflareOptions({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    inspectorPort,
    workers: [worker as never],
  });
  const server = new Miniflare(options);
  cleanups.push(() => server.dispose());
  const url = String(await server.ready).replace(/\/$/, "");
  return { url, inspector: `127.0.0.1:${inspectorPort}` };
}

function profile(url: string, ...args: string[]): Promise<Ran> {
  return vitrine(["profile", url, ...BRIEF, "--out", join(folder, "out.svg"), ...args]);
}

interface Report {
  answers: number;
  requests_per_second: number;
  p50_ms: number;
  p99_ms: number;
  busy: number;
  statuses: Record<string, number>;
  functions: { name: string; at: string; self: number; total: number }[];
}

async function expectToFind(name: string, url: string, inspector: string): Promise<Report> {
  const ran = await profile(url, "--inspector", inspector, "--json");
  expect(ran).toMatchObject({ code: 0 });
  const report = JSON.parse(ran.out) as Report;
  const first = report.functions.find(({ self }) => self > 0.3);
  expect(first).toMatchObject({ name });
  expect(readFileSync(join(folder, "out.svg"), "utf8")).toContain(`data-name="${name}"`);
  const { nodes } = JSON.parse(readFileSync(join(folder, "out.cpuprofile"), "utf8")) as {
    nodes: { callFrame: { functionName: string } }[];
  };
  expect(nodes.map(({ callFrame }) => callFrame.functionName)).toContain(name);
  return report;
}

it("finds what burns a Node server's time, and says how it served meanwhile", async () => {
  const { url, inspector } = await serveByNode();
  const report = await expectToFind("burnTree", `${url}/busy`, inspector);
  expect(report.functions[0].at).toMatch(/^test\/cli\/profile\/busy-server\.ts:5$/);
  expect(report.statuses).toEqual({ 200: report.answers });
  expect(report.requests_per_second).toBeGreaterThan(0);
  expect(report.p99_ms).toBeGreaterThanOrEqual(report.p50_ms);
  expect(report.busy).toBeGreaterThan(0.3);
});

it("names a Worker's functions as its sources do, though they are bundled and minified", async () => {
  const { url, inspector } = await serveByWorkerd();
  const report = await expectToFind("burnBranches", `${url}/?depth=25`, inspector);
  expect(report.functions[0].at).toBe("test/cli/profile/busy-worker.ts:2");
  expect(report.functions.map(({ name }) => name)).toContain("answerBusily");
});

it("profiles Deno", { timeout: 40_000 }, async () => {
  const { url, inspector } = await serveByDeno();
  const report = await expectToFind("burnTree", `${url}/busy`, inspector);
  expect(report.functions[0].at).toMatch(/busy-server\.ts:5$/);
});

it("finds the inspector of npm run dev by itself, for its own address alone", async () => {
  const { url, inspector } = await serveByNode();
  writeFileSync(join(folder, "inspector.json"), JSON.stringify({ url, inspector }));
  const args = ["profile", `${url}/busy`, ...BRIEF, "--out", join(folder, "out.svg")];
  const ran = await vitrine(args, { environment: { VITRINE_STATE: folder } });
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("burnTree") });
  expect(ran.out).toMatch(/requests\/s on 2 connections, p50 .* p99 /);
});

it("draws nothing from another process's inspector", async () => {
  const [served, other] = [await serveByNode(), await serveByNode()];
  const ran = await profile(`${served.url}/busy`, "--inspector", other.inspector, "--warm-up", "1");
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("another process's") });
});

it("says how to start an inspector where none answers", async () => {
  const { url } = await serveByNode();
  const ran = await profile(`${url}/busy`, "--inspector", String(await freePort()));
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("npm run dev") });
});

it("refuses to profile an answer that nobody expects, and says why it came", async () => {
  const { url, inspector } = await serveByNode();
  const missing = await profile(`${url}/missing`, "--inspector", inspector);
  expect(missing).toMatchObject({ code: 2, out: "" });
  expect(missing.err).toMatch(/answers 404.*\nThere is no such thing/);
  const limited = await profile(`${url}/limited`, "--inspector", inspector);
  expect(limited.err).toContain("RATE_LIMITS=off");
  const wanted = await profile(`${url}/missing`, "--inspector", inspector, "--expect", "404");
  expect(wanted).toMatchObject({ code: 0 });
});

it.each([
  [["not-a-url"], "is not an http(s) URL"],
  [["http://127.0.0.1:1/", "--seconds", "0"], "--seconds"],
  [["http://127.0.0.1:1/", "--connections", "many"], "--connections"],
  [["http://127.0.0.1:1/", "--out", "profile.png"], "ends in .svg"],
  [["http://127.0.0.1:1/", "--header", "no colon"], "'Name: value'"],
  [[], "Usage: vitrine profile"],
])("refuses %j", async (args, message) => {
  expect(await vitrine(["profile", ...args])).toMatchObject({
    code: 2,
    err: expect.stringContaining(message),
  });
});

it("says that nothing answers at the address", async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  expect(await profile(url)).toMatchObject({ code: 1, err: expect.stringContaining("ECONNREFUSED") });
});
