import { GROUPS } from "./catalogue/groups.ts";
import { composeProduct } from "./compose.ts";
import type { ProductType, TypeGroup } from "./product-type.ts";
import { createRandom } from "./random.ts";
import type { Random } from "./random.ts";
import type { WireProduct } from "./wire-product.ts";

export type { WireProduct } from "./wire-product.ts";

export interface DemoOptions {
  /** How many products; 2,400 by default. */
  count?: number;
  /** Another seed gives another catalogue with the same ids. */
  seed?: number;
}

const TRIES = 40;

interface Entry {
  group: TypeGroup;
  type: ProductType;
}

const ENTRIES: readonly Entry[] = GROUPS.flatMap((group) => group.types.map((type) => ({ group, type })));

/** A product whose title is not among `titles`; a very large catalogue runs out of titles and then numbers them. */
function unique(random: Random, { type, group }: Entry, number: number, titles: Set<string>): WireProduct {
  const id = `demo-${type.slug}-${number}`;
  let product = composeProduct(random, type, group, id);
  for (let i = 0; i < TRIES && titles.has(product.title); i++)
    product = composeProduct(random, type, group, id);
  if (titles.has(product.title)) product = { ...product, title: `${product.title}, No. ${number}` };
  titles.add(product.title);
  return product;
}

/**
 * Believable products for a demo shop, every type in turn, so that the first few hundred already show all categories.
 * Same options, same products; a larger count continues a smaller one.
 */
export function* generateDemoProducts({ count = 2_400, seed = 1 }: DemoOptions = {}): Generator<WireProduct> {
  const random = createRandom(seed);
  const titles = new Set<string>();
  let round = 0;
  let order: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (order.length === 0) {
      order = random.shuffled(ENTRIES);
      round++;
    }
    const entry = order.pop();
    if (entry) yield unique(random, entry, round, titles);
  }
}
