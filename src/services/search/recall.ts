import { noteLookup } from "../../ports/receipt.ts";
import { currentSnapshot } from "./current.ts";
import { keptResult, type SearchCtx, type SearchResult } from "./search.ts";

/**
 * The answer to exactly this address at the present version of the index, where memory has it: then the address need
 * not be read. `null` else.
 */
export async function recallSearch(ctx: SearchCtx, address: string): Promise<SearchResult | null> {
  if (ctx.isolate.index.snapshot === null) return null;
  const { version, degraded } = await currentSnapshot(ctx);
  if (degraded) return null;
  const { cache } = ctx.isolate;
  const key = cache.get(addressKey(version, address))?.value;
  const kept = typeof key === "string" ? keptResult(cache.get(key)?.value, key) : null;
  if (kept === null) return null;
  ctx.receipt.cache = "hit";
  ctx.receipt.indexVersion = version;
  noteLookup(ctx.receipt, "search", "memory");
  return kept;
}

/** Notes which answer an address has. Only a name is kept, so that the answer's size counts once. */
export function rememberAddress(ctx: SearchCtx, address: string, { key, indexVersion }: SearchResult): void {
  if (key === null) return;
  const name = addressKey(indexVersion, address);
  ctx.isolate.cache.set(name, key, (name.length + key.length) * 2, ctx.clock.now());
}

function addressKey(version: string, address: string): string {
  return `address|${version}|${address}`;
}
