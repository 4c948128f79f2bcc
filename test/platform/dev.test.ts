import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answers, freePort, processesWith, start, until, type Started } from "./process.ts";

let state: string;
let dev: Started | null = null;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "vitrine-dev-"));
});

afterEach(() => {
  dev?.kill();
  rmSync(state, { recursive: true, force: true });
});

function startDev(environment: Record<string, string>): Started {
  const surroundings = { VITRINE_STATE: state, VITRINE_SEED: "none", TURSO_DATABASE_URL: "", ...environment };
  dev = start("npm", ["run", "dev"], { ...surroundings, npm_config_update_notifier: "false" });
  return dev;
}

describe("npm run dev", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "answers, and leaves no process behind on %s",
    { timeout: 90_000 },
    async (signal) => {
      const port = await freePort();
      const { child, ended, output } = startDev({ PORT: String(port) });
      const url = `http://127.0.0.1:${port}`;
      await until("it is ready", () => output().includes(`Vitrine answers at ${url}`), 60_000);
      expect(await answers(`${url}/healthz`)).toBe(true);
      expect(await answers(`${url}/v1/search?q=lamp`)).toBe(true);
      expect(processesWith(state).length).toBeGreaterThan(1);
      child.kill(signal);
      await ended;
      await until("all processes have ended", () => processesWith(state).length === 0, 8_000);
      expect(await answers(`${url}/healthz`)).toBe(false);
    },
  );

  it("names the port that is taken and how to choose another", { timeout: 30_000 }, async () => {
    const port = await freePort();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
    const { ended, output } = startDev({ PORT: String(port) });
    expect(await ended).not.toBe(0);
    holder.close();
    expect(output()).toMatch(new RegExp(`Port ${port} is taken.*PORT=\\d+ npm run dev`));
  });

  it("refuses a port that is none", { timeout: 30_000 }, async () => {
    const { ended, output } = startDev({ PORT: "lots" });
    expect(await ended).not.toBe(0);
    expect(output()).toContain('PORT is "lots"');
  });
});
