import { setImmediate as turn } from "node:timers/promises";
import { parseArgs } from "node:util";
import { noCounts, openWorlds, playHistory } from "../../test/services/feed/histories-player.ts";

/** Plays `--count` histories from the seed `--from` on; prints the counts as JSON. */
const { values: OPTIONS } = parseArgs({ options: { from: { type: "string" }, count: { type: "string" } } });
const [from, count] = [Number(OPTIONS.from), Number(OPTIONS.count)];

const worlds = await openWorlds();
const counts = noCounts();
for (let seed = from; seed < from + count; seed++) {
  await playHistory(worlds, seed, counts);
  // The memory of statements that are done with is given back between turns of the event loop alone.
  await turn();
}
await worlds.close();
console.log(JSON.stringify(counts));
