import { picturePath } from "./image.ts";
import type { Money } from "./money.ts";

export type AttributeValue = string | number | boolean;

/** What a merchant sends. `null` means not known; times are milliseconds since the epoch, UTC. */
export interface ProductInput {
  id: string;
  title: string;
  description: string;
  brand: string | null;
  /** From the widest to the narrowest, for example `["Home", "Lamps"]`. */
  category: readonly string[];
  price: Money | null;
  /** 0 to 5. */
  rating: number | null;
  ratingCount: number;
  inStock: boolean;
  imageUrl: string | null;
  imageId: string | null;
  attributes: Readonly<Record<string, AttributeValue>>;
}

export interface Product extends ProductInput {
  /** Id of the organisation that owns it. */
  orgId: string;
  updatedAt: number;
  /** 1 for a new product, one more with each change. */
  version: number;
}

/** Where lists and programs find a product's picture: the address that its merchant gave, or its image's medium variant. */
export function imageUrlOf({ imageUrl, imageId }: Pick<ProductInput, "imageUrl" | "imageId">): string | null {
  return imageUrl ?? (imageId === null ? null : picturePath(imageId, "medium"));
}

/** Limits of one product. Lengths are in UTF-16 code units. */
export const PRODUCT_LIMITS = {
  id: 128,
  title: 500,
  description: 20_000,
  brand: 200,
  categoryLevels: 8,
  categoryName: 200,
  url: 2_048,
  attributes: 64,
  attributeKey: 64,
  attributeValue: 500,
} as const;
