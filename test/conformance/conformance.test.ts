import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../platform/process.ts";
import { Comparison } from "./compare.ts";
import { openRuntimes } from "./deployments.ts";
import type { Runtime, Runtimes } from "./deployments.ts";
import { ask } from "./exchange.ts";
import type { Answer, Recorded } from "./exchange.ts";
import { documentedRequests, oddRequests, pageRequests, pictureRequests, uploadRequest } from "./requests.ts";
import { openSharedWorld } from "./world.ts";
import type { SharedWorld } from "./world.ts";

const START_MS = 180_000;
const ALL_MS = 240_000;
const READY_MS = 30_000;

let world: SharedWorld;
let runtimes: Runtimes;
const comparison = new Comparison();

beforeAll(async () => {
  world = await openSharedWorld();
  runtimes = await openRuntimes(world);
}, START_MS);

afterAll(async () => {
  await runtimes.stop();
  world.close();
});

function both<T>(work: (runtime: Runtime) => Promise<T>): Promise<[T, T]> {
  return Promise.all([work(runtimes.workerd), work(runtimes.deno)]);
}

/** One after the other, in the same order on both; says of each that differs how. */
async function differencesOf(requests: readonly Recorded[]): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const [left, right] = await both(({ port }) => ask(port, request));
    const differences = comparison.differences(left, right);
    if (differences.length > 0)
      found.push(`${request.name} (${request.method} ${request.path})\n  ${differences.join("\n  ")}`);
  }
  return found;
}

async function untilFound({ port, name }: Runtime): Promise<void> {
  const request = { name, method: "GET", path: "/v1/search?q=lamp", headers: {}, body: null };
  await until(
    `${name} finds a lamp`,
    async () => {
      const { body } = await ask(port, request);
      return body.includes("own-product");
    },
    READY_MS,
  );
}

function jsonOf({ body }: Answer): Record<string, unknown> {
  return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
}

describe("workerd and Deno answer alike", () => {
  it("to pages and files, with and without a session, and to HEAD", { timeout: ALL_MS }, async () => {
    await both(untilFound);
    expect(await differencesOf(await pageRequests(world))).toEqual([]);
  });

  it("to what is odd, malformed, conditional or too large", { timeout: ALL_MS }, async () => {
    expect(await differencesOf(await oddRequests(world))).toEqual([]);
  });

  it("to an upload, and with the same pictures", { timeout: ALL_MS }, async () => {
    const upload = await uploadRequest(world);
    const answers = await both(({ port }) => ask(port, upload));
    expect(comparison.differences(...answers)).toEqual([]);
    const { authorization } = upload.headers;
    const [left, right] = await Promise.all(
      [runtimes.workerd, runtimes.deno].map(async ({ port, name }, i) => {
        const requests = await pictureRequests(String(jsonOf(answers[i]).id), authorization);
        await until(
          `${name} makes pictures`,
          async () => jsonOf(await ask(port, requests[0])).status === "ready",
          READY_MS,
        );
        const found: Answer[] = [];
        for (const request of requests) found.push(await ask(port, request));
        return { requests, found };
      }),
    );
    const differences = left.requests.flatMap(({ name }, i) =>
      comparison.differences(left.found[i], right.found[i]).map((text) => `${name}: ${text}`),
    );
    expect(differences).toEqual([]);
    expect(left.found.slice(1, 7).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it(
    "to every documented operation, as nobody, strangers, keys, owners and the operator",
    { timeout: ALL_MS },
    async () => {
      const requests = await documentedRequests(world);
      expect(requests.length).toBeGreaterThan(500);
      expect(await differencesOf(requests)).toEqual([]);
    },
  );
});
