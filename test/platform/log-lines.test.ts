import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { lineWriter } from "../../src/platform/deno/log-lines.ts";

it("writes the lines of one turn of the event loop at once, each with its end", async () => {
  const written: string[] = [];
  const write = lineWriter((text) => written.push(text));
  write("one");
  write("two");
  expect(written).toEqual([]);
  await nextTurn();
  write("three");
  await nextTurn();
  expect(written).toEqual(["one\ntwo\n", "three\n"]);
});

it("writes what is left when the process ends", () => {
  const written: string[] = [];
  lineWriter((text) => written.push(text))("last");
  const [flush] = process.listeners("exit").slice(-1);
  flush(0);
  expect(written).toEqual(["last\n"]);
});
