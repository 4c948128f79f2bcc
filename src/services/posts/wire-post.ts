import type {
  AuthorRow,
  CommentRow,
  PostImageRow,
  PostProductRow,
  PostRow,
  ViewerPart,
} from "../../db/queries/post-hydration.ts";
import { picturePath } from "../../domain/image.ts";
import type { Variant } from "../../domain/image.ts";
import type { Money } from "../../domain/money.ts";
import type { TextEntity } from "../../domain/post.ts";
import { imageUrlOf } from "../../domain/product.ts";
import { toRfc3339 } from "../../domain/time.ts";

export interface AuthorJson {
  id: string;
  name: string;
  avatar_url: string | null;
}

export interface CommentJson {
  id: string;
  author: AuthorJson;
  text: string;
  entities: TextEntity[];
  created_at: string;
}

/** A post as the API and the feed show it. */
export interface PostJson {
  id: string;
  author: AuthorJson;
  text: string;
  entities: TextEntity[];
  product: { id: string; title: string; price: Money | null; image_url: string | null } | null;
  images: {
    id: string;
    width: number;
    height: number;
    thumbhash: string | null;
    url: Record<Variant, string>;
  }[];
  like_count: number;
  comment_count: number;
  liked: boolean;
  comments: CommentJson[];
  created_at: string;
  version: number;
}

/** A post for one viewer: what all see alike, and what is theirs. A `HydratedPost` is both. */
export function toWirePost(row: PostRow, { liked, comments }: ViewerPart): PostJson {
  return {
    id: row.id,
    author: toWireAuthor(row.author),
    text: row.text,
    entities: row.entities,
    product: row.product && toWireProduct(row.product),
    images: row.images.map(toWireImage),
    like_count: row.likeCount,
    comment_count: row.commentCount,
    liked,
    comments: comments.map(toWireComment),
    created_at: toRfc3339(row.createdAt),
    version: row.version,
  };
}

export function toWireComment({ id, author, text, entities, createdAt }: CommentRow): CommentJson {
  return { id, author: toWireAuthor(author), text, entities, created_at: toRfc3339(createdAt) };
}

/** Accounts take any text as their image: only what is a web address is shown. */
export function toWireAuthor({ id, name, image }: AuthorRow): AuthorJson {
  return { id, name, avatar_url: image !== null && /^https:\/\//i.test(image) ? image : null };
}

function toWireProduct(product: PostProductRow): PostJson["product"] {
  const { id, title, priceAmount, priceCurrency } = product;
  const isPriced = priceAmount !== null && priceCurrency !== null;
  const price = isPriced ? { amount: priceAmount, currency: priceCurrency } : null;
  return { id, title, price, image_url: imageUrlOf(product) };
}

function toWireImage({ id, width, height, thumbhash }: PostImageRow): PostJson["images"][number] {
  const url = {
    thumb: picturePath(id, "thumb"),
    medium: picturePath(id, "medium"),
    large: picturePath(id, "large"),
  };
  return { id, width, height, thumbhash, url };
}
