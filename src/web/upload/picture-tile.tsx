import type { Variant } from "../../domain/image.ts";
import { Icon } from "../components/icon.tsx";
import { dimensionsText, factsText, nameOf, SHOWN_VARIANTS, sizeText, VARIANT_NAMES } from "./figures.ts";
import { problemOf } from "./problems.ts";
import type { WireImage } from "./wire.ts";

/** What a tile shows: its parts stand by this word alone, in the style sheet. */
export type TileState = "waiting" | "sending" | "making" | "ready" | "failed" | "cancelled";

export function tileStateOf({ status }: WireImage): TileState {
  return status === "ready" || status === "failed" ? status : "making";
}

export function imageHref(id: string): string {
  return `/upload/${encodeURIComponent(id)}`;
}

/** One image, or `null` for the pattern that the browser fills in (`islands/upload-tile.ts`). */
export function PictureTile({ image }: { image: WireImage | null }) {
  const name = image === null ? "" : nameOf(image);
  return (
    <li class="tile" data-state={image === null ? "waiting" : tileStateOf(image)} data-image={image?.id}>
      <TilePicture image={image} name={name} />
      <div class="tile-text">
        <h3 class="tile-name">
          <a data-part="name" href={image === null ? undefined : imageHref(image.id)}>
            {name}
          </a>
        </h3>
        <p class="tile-facts" data-part="facts">
          {image === null ? "" : factsText(image)}
        </p>
        <TileWay />
        <TileProblem image={image} />
        <TileVariants image={image} />
        <TileActions image={image} name={name} />
      </div>
    </li>
  );
}

function TilePicture({ image, name }: { image: WireImage | null; name: string }) {
  const medium = image?.variants?.medium;
  return (
    <div class="tile-picture">
      <Icon name="picture" />
      <canvas
        data-part="placeholder"
        data-thumbhash={image?.thumbhash ?? undefined}
        width={32}
        height={32}
        aria-hidden="true"
      />
      <a data-part="open" href={image?.url.large} aria-label={`Open ${name}`}>
        <img
          data-part="picture"
          src={medium?.url}
          width={medium?.width}
          height={medium?.height}
          alt=""
          loading="lazy"
          decoding="async"
        />
      </a>
    </div>
  );
}

function TileWay() {
  return (
    <div class="tile-way">
      <progress data-part="progress" max={100} aria-label="Progress" />
      <span data-part="status">Making pictures…</span>
    </div>
  );
}

function TileProblem({ image }: { image: WireImage | null }) {
  const error = image?.error;
  const { title, text } = error === undefined ? { title: "", text: "" } : problemOf(error.code, error.detail);
  return (
    <div class="tile-problem">
      <Icon name="warning" />
      <p>
        <strong data-part="problem">{title}</strong> <span data-part="remedy">{text}</span>
      </p>
    </div>
  );
}

function TileVariants({ image }: { image: WireImage | null }) {
  return (
    <ul class="tile-variants" aria-label="Its pictures">
      {SHOWN_VARIANTS.map((variant) => (
        <li>
          <VariantLink variant={variant} image={image} />
        </li>
      ))}
    </ul>
  );
}

function VariantLink({ variant, image }: { variant: Variant; image: WireImage | null }) {
  const made = image?.variants?.[variant];
  return (
    <a data-variant={variant} href={image?.url[variant]}>
      {VARIANT_NAMES[variant]}
      <span data-size="">{made === undefined ? "" : `${dimensionsText(made)}, ${sizeText(made.bytes)}`}</span>
    </a>
  );
}

const ACTIONS = [
  ["copy", "Copy link"],
  ["retry", "Try again"],
  ["cancel", "Cancel"],
  ["dismiss", "Dismiss"],
] as const;

function TileActions({ image, name }: { image: WireImage | null; name: string }) {
  return (
    <div class="tile-actions">
      {ACTIONS.map(([act, word]) => (
        <button class="button button-small" type="button" data-act={act} aria-label={`${word}: ${name}`}>
          {word}
        </button>
      ))}
      <a
        class="tile-delete"
        data-act="delete"
        href={image === null ? undefined : imageHref(image.id)}
        aria-label={`Delete: ${name}`}
      >
        Delete
      </a>
    </div>
  );
}
