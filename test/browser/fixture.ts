import type { ProductInput } from "../../src/domain/product.ts";

const KINDS = [
  { noun: "Table lamp", category: ["Home", "Lighting"], count: 18 },
  { noun: "Armchair", category: ["Home", "Furniture"], count: 12 },
  { noun: "Enamel mug", category: ["Kitchen", "Tableware"], count: 12 },
  { noun: "Wool rug", category: ["Home", "Textiles"], count: 9 },
  { noun: "Copper kettle", category: ["Kitchen", "Appliances"], count: 9 },
] as const;
const BRANDS = [
  "Norrvik",
  "Halden & Co",
  "Kestrel",
  "Marrow, Inc",
  "Tern",
  "Vale",
  "Sable",
  "Juniper",
  "Otto",
];
const STYLES = ["Walnut", "Slate", "Indigo", "Birch", "Ochre", "Ivory"];

/** Titles, brands and texts that would run as script, or break out of the page, were they not escaped. */
export const CANARIES = {
  title: `<img src=x onerror="window.pwned=1"> lamp </script><script>window.pwned=1</script>`,
  brand: `"><script>window.pwned=1</script>`,
  category: `</script><b onmouseover="window.pwned=1">`,
  description: `<svg onload="window.pwned=1">\n{{constructor.constructor('window.pwned=1')()}}`,
} as const;

function ordinary(): ProductInput[] {
  return KINDS.flatMap(({ noun, category, count }, kind) =>
    Array.from({ length: count }, (_, index): ProductInput => {
      const serial = kind * 31 + index * 7;
      return {
        id: `${noun.toLowerCase().replaceAll(" ", "-")}-${index}`,
        title: `${STYLES[index % STYLES.length]} ${noun.toLowerCase()} no. ${index + 1}`,
        description: `A ${noun.toLowerCase()} for every day.\nMade to last.`,
        brand: BRANDS[serial % BRANDS.length] ?? null,
        category,
        price: { amount: 1_500 + ((serial * 977) % 40_000), currency: "USD" },
        rating: 2 + (serial % 31) / 10,
        ratingCount: serial * 3,
        inStock: serial % 5 !== 0,
        imageUrl: index % 6 === 4 ? "/no-such-picture.png" : index % 6 === 5 ? null : "/favicon.svg",
        imageId: null,
        attributes: {
          color: STYLES[index % STYLES.length] ?? "none",
          height_cm: 20 + index,
          boxed: index % 2 === 0,
        },
      };
    }),
  );
}

function canary(): ProductInput {
  return {
    ...CANARIES,
    id: "canary",
    category: [CANARIES.category],
    price: { amount: 100, currency: "USD" },
    rating: null,
    ratingCount: 0,
    inStock: true,
    imageUrl: `/x"onerror="window.pwned=1`,
    imageId: null,
    attributes: { [`<i onclick="window.pwned=1">`]: `<script>window.pwned=1</script>` },
  };
}

/** Sixty products of five kinds, and one that attacks the page. */
export const PRODUCTS: readonly ProductInput[] = [...ordinary(), canary()];
