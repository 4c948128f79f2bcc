import { VARIANT_SIDES } from "../../domain/image.ts";
import type { Variant } from "../../domain/image.ts";
import type { PostJson } from "../../services/posts/wire-post.ts";

type PostImage = PostJson["images"][number];

/** So many stand in the grid; the last of them leads to the rest. */
const MAX_SHOWN = 4;

interface Props {
  post: PostJson;
  /** Where all pictures are, for a post that has more than the grid shows; none shows them all. */
  moreHref: string | null;
}

/** The pictures of a post in a grid, each a link to its large form. */
export function PostPictures({ post, moreHref }: Props) {
  const { images, author } = post;
  if (images.length === 0) return null;
  const shown = moreHref === null ? images : images.slice(0, MAX_SHOWN);
  const hidden = images.length - shown.length;
  return (
    <ul class={`post-pictures post-pictures-${Math.min(shown.length, MAX_SHOWN)}`}>
      {shown.map((image, at) => (
        <li key={image.id}>
          <PostPicture
            image={image}
            label={labelOf(author.name, at, images.length)}
            isAlone={images.length === 1}
          />
          {hidden > 0 && at === MAX_SHOWN - 1 && moreHref !== null ? (
            <a class="post-pictures-more" href={moreHref}>
              +{hidden}
              <span class="visually-hidden"> more pictures</span>
            </a>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function labelOf(name: string, at: number, count: number): string {
  return count === 1 ? `Picture of ${name}` : `Picture ${at + 1} of ${count} of ${name}`;
}

function PostPicture({ image, label, isAlone }: { image: PostImage; label: string; isAlone: boolean }) {
  const { url, thumbhash } = image;
  const { width, height } = fitted(image, "large");
  const sizes = isAlone ? "(max-width: 44rem) 100vw, 40rem" : "(max-width: 44rem) 50vw, 20rem";
  return (
    <a class="post-picture" href={url.large}>
      {thumbhash === null ? null : (
        <canvas data-thumbhash={thumbhash} width={32} height={32} aria-hidden="true" />
      )}
      <img
        src={url.medium}
        srcset={`${url.medium} ${fitted(image, "medium").width}w, ${url.large} ${width}w`}
        sizes={sizes}
        width={width}
        height={height}
        alt={label}
        loading="lazy"
        decoding="async"
        data-post-picture=""
      />
    </a>
  );
}

/** Pixels of a variant: it fits in its square and is never enlarged. */
function fitted({ width, height }: PostImage, variant: Variant): { width: number; height: number } {
  const scale = Math.min(1, VARIANT_SIDES[variant] / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
