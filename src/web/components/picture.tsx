import { pictureAddress } from "../picture-address.ts";
import { Icon } from "./icon.tsx";

interface Props {
  src: string | null;
  alt: string;
  /** Edge of the square, or both sides, in CSS pixels, for the layout before the picture is there. */
  size: number | { width: number; height: number };
  /** The same picture in several widths, and how wide it is shown, as HTML has them. */
  srcset?: string;
  sizes?: string;
  eager?: boolean;
}

/** A product's picture in its frame; the frame shows a drawn window while, or where, there is no picture. */
export function Picture({ src, alt, size, srcset, sizes, eager = false }: Props) {
  const address = pictureAddress(src);
  const { width, height } = typeof size === "number" ? { width: size, height: size } : size;
  return (
    <span class="picture" data-picture="">
      <span class="picture-empty" aria-hidden="true">
        <Icon name="window" />
      </span>
      {address === null ? null : (
        <img
          key={address}
          src={address}
          alt={alt}
          srcset={srcset}
          sizes={sizes}
          width={width}
          height={height}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
        />
      )}
    </span>
  );
}
