import { drawCompare } from "./compare.ts";
import { drawMemory } from "./memory.ts";
import { drawMixed } from "./mixed.ts";

/** Without arguments the pictures of the docs; an argument names other results, as `compare-partial`. */
const [name] = process.argv.slice(2);
if (name === undefined || name.startsWith("compare")) {
  drawCompare(name);
  drawMemory(name);
}
const MIXED = ["mixed-workerd", "mixed-deno"];
for (const one of name === undefined ? MIXED : [name]) if (one.startsWith("mixed")) drawMixed(one);
