import { afterEach, beforeEach, expect, it } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { keepDeadLetter } from "../../src/services/dead-letters.ts";
import { OPERATOR_KEY, startApp, type RunningApp } from "./app.ts";

let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

/** Jobs that do nothing when they run again; the newest last. */
async function bury(count: number, kind = "webhooks.deliver"): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const id = `job_${kind}_${String(i).padStart(4, "0")}`;
    const body = { id, kind, payload: { delivery: `msg_${i}` } };
    const failed = { messageId: id, body, reason: `internal: reason ${i}`, attempts: 6 };
    await keepDeadLetter(openMemoryDeps(app.platform), failed);
    ids.push(`dl_${id}`);
  }
  return ids;
}

it("lists them with their reasons, the newest first, by kind where asked", async () => {
  const [oldest, newest] = await bury(2);
  await bury(1, "images.resize");
  const { out } = await app.operator("dead-letters", "list", "--kind", "webhooks.deliver");
  expect(out).toMatch(new RegExp(`${newest} .*6 .*internal: reason 1\n${oldest} .*internal: reason 0\n$`));
  const all = await app.operator("dead-letters", "list", "--json");
  expect(JSON.parse(all.out)).toHaveLength(3);
});

it("says when there are more than it shows", async () => {
  await bury(4);
  const few = await app.operator("dead-letters", "list", "--limit", "3");
  expect(few.out.trim().split("\n")).toHaveLength(4);
  expect(few.err).toContain("more than these 3");
  expect((await app.operator("dead-letters", "list", "--limit", "4")).err).toBe("");
});

it("shows one with what it was to do", async () => {
  const [id] = await bury(1);
  const { out } = await app.operator("dead-letters", "show", id, "--json");
  expect(JSON.parse(out)).toMatchObject({
    id,
    kind: "webhooks.deliver",
    reason: "internal: reason 0",
    body: { payload: { delivery: "msg_0" } },
  });
  expect(await app.operator("dead-letters", "show", "dl_none")).toMatchObject({
    code: 1,
    err: expect.stringContaining('No dead letter waits under "dl_none"'),
  });
});

it("redrives those that are named, each once, and says which are not there", async () => {
  const [id, other] = await bury(2);
  const ran = await app.operator("dead-letters", "redrive", id, id, "dl_none");
  expect(ran).toMatchObject({
    code: 1,
    out: "Redrove 1 dead letter.\n",
    err: "No dead letter waits under dl_none.\n",
  });
  expect(app.platform.jobs.sent).toMatchObject([
    { kind: "webhooks.deliver", payload: { delivery: "msg_0" } },
  ]);
  expect((await app.operator("dead-letters", "list")).out).toContain(other);
  expect((await app.operator("dead-letters", "list")).out).not.toContain(id);
});

it("redrives all of a kind, more than a page of them, and leaves the others", async () => {
  await bury(130);
  const [kept] = await bury(1, "images.resize");
  const { code, out } = await app.operator(
    "dead-letters",
    "redrive",
    "--all",
    "--kind",
    "webhooks.deliver",
    "--json",
  );
  const { redriven, missing } = JSON.parse(out) as { redriven: unknown[]; missing: unknown[] };
  expect([code, redriven.length, missing.length]).toEqual([0, 130, 0]);
  expect(app.platform.jobs.sent).toHaveLength(130);
  const { out: left } = await app.operator("dead-letters", "list", "--json");
  expect(JSON.parse(left)).toMatchObject([{ id: kept }]);
});

it("draws how far it is for a person", async () => {
  await bury(40);
  const ran = await app.run(["dead-letters", "redrive", "--all"], {
    environment: { OPERATOR_KEY },
    interactive: true,
  });
  expect(ran.out).toBe("Redrove 40 dead letters.\n");
  expect(ran.err).toMatch(/█* ?░* \d+ %  \d+ of 40/);
  expect(ran.err.endsWith("\r\u001B[2K")).toBe(true);
});

it("wants either names or --all", async () => {
  for (const args of [[], ["dl_1", "--all"], ["dl_1", "--kind", "x"]])
    expect(await app.operator("dead-letters", "redrive", ...args)).toMatchObject({ code: 2, out: "" });
});

it("is the operator's alone", async () => {
  expect(await app.run(["dead-letters", "list"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("OPERATOR_KEY"),
  });
});
