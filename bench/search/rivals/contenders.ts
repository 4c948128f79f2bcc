import type { Rival } from "./rival.ts";
import { RANKERS, RIVALS } from "./roster.ts";
import { vitrine, vitrineEngine } from "./vitrine.ts";

/** Ours first: ratios are of the others to it. */
export const CONTENDERS: readonly Rival[] = [vitrine, vitrineEngine, ...RIVALS];

export const RANKED: readonly Rival[] = [vitrineEngine, ...RANKERS];
