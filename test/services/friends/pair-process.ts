/** A process of its own that does what five people do at random: `pair-process.ts <url> <seed> <acts>`. */
import { createClient } from "@libsql/client";
import { openDatabase } from "../../../src/db/client.ts";
import { mulberry32 } from "../../../src/domain/random.ts";
import { newReceipt } from "../../../src/ports/receipt.ts";
import { perform, randomAct } from "./pair-model.ts";

const [url, seed, acts] = process.argv.slice(2);
const client = createClient({ url, timeout: 10_000 });
const db = openDatabase(() => client, newReceipt());
const random = mulberry32(Number(seed));
for (let i = 0; i < Number(acts); i++) await perform(db, randomAct(random));
client.close();
