import { create, insertMultiple } from "@orama/orama";
import { vitrineIndex } from "../../src/index/orama.ts";

export const SCHEMA = {
  title: "string",
  description: "string",
  brand: "enum",
  category: "enum[]",
  price: "number",
  rating: "number",
  inStock: "boolean",
  color: "enum",
  size: { shoe: "number" },
} as const;

export const SHOES = [
  {
    id: "a",
    title: "Red running shoe",
    description: "Light, for the road",
    brand: "Acme",
    category: ["Sport", "Running"],
    price: 8900,
    rating: 4.5,
    inStock: true,
    color: "red",
    size: { shoe: 42 },
  },
  {
    id: "b",
    title: "Blue running shoe",
    description: "For muddy trails",
    brand: "Bolt",
    category: ["Sport", "Running"],
    price: 12900,
    rating: 3,
    inStock: false,
    color: "blue",
    size: { shoe: 43 },
  },
  {
    id: "c",
    title: "Red football boot",
    description: "Studs of steel",
    brand: "Acme",
    category: ["Sport", "Football"],
    price: 4900,
    rating: 5,
    inStock: true,
    color: "red",
    size: { shoe: 42 },
  },
  {
    id: "d",
    title: "Desk lamp",
    description: "Warm light",
    brand: "Bolt",
    category: ["Home"],
    price: 2500,
    inStock: true,
  },
];

export function emptyShop() {
  return create({ schema: SCHEMA, plugins: [vitrineIndex()] });
}

export type Shop = ReturnType<typeof emptyShop>;

export function openShop(): Shop {
  const db = emptyShop();
  insertMultiple(db, SHOES);
  return db;
}

/** Databases that know titles alone: plain Orama, and the same over our index. */
export function openBoth(titles: readonly string[]) {
  const schema = { title: "string" } as const;
  const plain = create({ schema });
  const ours = create({ schema, plugins: [vitrineIndex()] });
  const documents = titles.map((title, i) => ({ id: `p${i}`, title }));
  insertMultiple(plain, documents);
  insertMultiple(ours, documents);
  return { plain, ours };
}

export function idsOf({ hits }: { hits: readonly { id: string }[] }): string[] {
  return hits.map(({ id }) => id);
}

export function titlesOf({ hits }: { hits: readonly { document: { title: string } }[] }): string[] {
  return hits.map(({ document }) => document.title);
}
