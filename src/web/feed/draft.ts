import type { Variant } from "../../domain/image.ts";
import type { PostJson } from "../../services/posts/wire-post.ts";

export type DraftProduct = NonNullable<PostJson["product"]>;

/** A picture that is uploaded, and not posted yet. */
export interface DraftPicture {
  id: string;
  url: Readonly<Record<Variant, string>>;
  /** Pixels of what was uploaded, where that is known. */
  width?: number;
  height?: number;
}

/** What stands in the composer: of a form that came back, what was sent with it. */
export interface Draft {
  text: string;
  product: DraftProduct | null;
  /** What was asked for, and what was found; `null` before. */
  productQuery: string;
  found: readonly DraftProduct[] | null;
  pictures: readonly DraftPicture[];
  /** By the name of the field; `form` is for the post as a whole. */
  errors: Readonly<Record<string, string>>;
}

export const NO_DRAFT: Draft = {
  text: "",
  product: null,
  productQuery: "",
  found: null,
  pictures: [],
  errors: {},
};
