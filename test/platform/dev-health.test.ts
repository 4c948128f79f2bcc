import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { untilUnhealthy } from "../../scripts/dev/health.ts";
import { serve, type Service } from "../cli/service.ts";

let service: Service;
let checks: number;
let onCheck: () => void;
/** What the next checks get, in turn; then they are answered. */
let answers: (number | "never")[];
let stop: AbortController;

beforeEach(async () => {
  checks = 0;
  answers = [];
  onCheck = () => undefined;
  stop = new AbortController();
  service = await serve(() => {
    checks++;
    onCheck();
    const answer = answers.shift() ?? 200;
    if (answer === "never") return new Promise<Response>(() => undefined);
    return new Response("", { status: answer });
  });
});

afterEach(async () => {
  stop.abort();
  await service.close();
});

function checked(times: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  onCheck = () => (checks >= times ? resolve() : undefined);
  return promise;
}

function watch(url = service.url): Promise<void> {
  return untilUnhealthy({ url, signal: stop.signal, everyMs: 20 });
}

describe("the health check of npm run dev", () => {
  it("gives up after three failures in a row, of any kind", async () => {
    answers = [200, "never", 200, 503, 503, 200, 503, "never", 500];
    await watch();
    expect(checks).toBe(9);
  });

  it("gives up where nobody listens", async () => {
    await service.close();
    await expect(watch()).resolves.toBeUndefined();
  });

  it("goes on while it is answered, and ends when it is stopped", async () => {
    const watching = watch();
    await checked(8);
    stop.abort(new Error("stopped"));
    await expect(watching).rejects.toThrow();
  });
});
