import { Icon } from "./icon.tsx";

interface Props {
  src: string | null;
  alt: string;
  /** Edge of the square in CSS pixels, for the layout before the picture is there. */
  size: number;
  eager?: boolean;
}

/** A product's picture in its frame; the frame shows a drawn window while, or where, there is no picture. */
export function Picture({ src, alt, size, eager = false }: Props) {
  return (
    <span class="picture" data-picture="">
      <span class="picture-empty" aria-hidden="true">
        <Icon name="window" />
      </span>
      {src === null ? null : (
        <img
          key={src}
          src={src}
          alt={alt}
          width={size}
          height={size}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
        />
      )}
    </span>
  );
}
