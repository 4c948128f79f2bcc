import { noteLookup } from "../../ports/receipt.ts";
import { currentSnapshot } from "./current.ts";
import { keptResult } from "./kept.ts";
import type { SearchResult } from "./kept.ts";
import type { SearchInput } from "./input.ts";
import { keyOf, scopeOf, type SearchCtx } from "./search.ts";
import { settingsOf } from "./settings.ts";
import type { WhoAsks } from "./settings.ts";

/** What an address asks for. */
interface Asked {
  input: SearchInput;
  scope: string;
  /** Under which its answer is kept where nothing is set. */
  key: string | null;
}

const ASKED_BYTES = 600;

/**
 * The answer to exactly this address at the present version of the index, where memory has it: then the address need
 * not be read. `null` else.
 */
export async function recallSearch(
  ctx: SearchCtx,
  address: string,
  visit: WhoAsks,
): Promise<SearchResult | null> {
  if (ctx.isolate.index.snapshot === null) return null;
  const { version, degraded } = await currentSnapshot(ctx);
  if (degraded) return null;
  const { cache } = ctx.isolate;
  // Sound: the key names the kind of value, and only `rememberAddress` sets it.
  const asked = cache.get(addressKey(version, address))?.value as Asked | undefined;
  if (asked === undefined) return null;
  const resolved = settingsOf(ctx, asked.input, visit);
  const key =
    resolved.key === "" && asked.key !== null
      ? asked.key
      : keyOf(version, asked.input, asked.scope, resolved);
  const kept = keptResult(cache.get(key)?.value, key, resolved);
  if (kept === null) return null;
  ctx.receipt.cache = "hit";
  ctx.receipt.indexVersion = version;
  noteLookup(ctx.receipt, "search", "memory");
  return kept;
}

/** Notes what an address asks for. The answer is not kept with it, so that its size counts once. */
export function rememberAddress(
  ctx: SearchCtx,
  address: string,
  input: SearchInput,
  { key, indexVersion, resolved }: SearchResult,
): void {
  if (key === null) return;
  const name = addressKey(indexVersion, address);
  const asked: Asked = { input, scope: scopeOf(input), key: resolved.key === "" ? key : null };
  ctx.isolate.cache.set(name, asked, (name.length + key.length) * 2 + ASKED_BYTES, ctx.clock.now());
}

function addressKey(version: string, address: string): string {
  return `address|${version}|${address}`;
}
