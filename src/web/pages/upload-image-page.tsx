import { Confirm } from "../components/confirm.tsx";
import { Copyable } from "../components/copyable.tsx";
import { Day } from "../components/day.tsx";
import { Icon } from "../components/icon.tsx";
import { Layout } from "../components/layout.tsx";
import { Problem } from "../components/notice.tsx";
import {
  dimensionsText,
  FORMAT_NAMES,
  nameOf,
  SHOWN_VARIANTS,
  sizeText,
  VARIANT_NAMES,
} from "../upload/figures.ts";
import { problemOf } from "../upload/problems.ts";
import { isSettled } from "../upload/wire.ts";
import type { WireImage } from "../upload/wire.ts";
import { REFRESH_SECONDS } from "./upload-page.tsx";

interface Props {
  image: WireImage;
  /** The list it stands in. */
  back: string;
  /** Scheme and host of the deployment, for links that are copied. */
  origin: string;
  /** Why it could not be deleted. */
  problem?: string | undefined;
}

/** `/upload/{id}`: one image with its links; asked for anew until its pictures are there. */
export function UploadImagePage({ image, back, origin, problem }: Props) {
  const name = nameOf(image);
  const refreshSeconds = isSettled(image) ? undefined : REFRESH_SECONDS;
  const head = { title: `${name} · Vitrine`, description: name, indexed: false, refreshSeconds };
  return (
    <Layout head={head} bundle="upload">
      <div
        class="desk desk-top upload-image"
        data-image={image.id}
        data-status={image.status}
        id="upload-image"
      >
        <p class="upload-back">
          <a href={back}>
            <Icon name="back" />
            All pictures
          </a>
        </p>
        <div class="desk-head">
          <h1>{name}</h1>
        </div>
        <Problem text={problem} />
        <div class="upload-image-parts">
          <State image={image} name={name} />
          <div>
            {image.variants === null ? null : <Links image={image} origin={origin} />}
            <Facts image={image} />
            <div class="form-actions upload-delete">
              <Confirm
                id="delete"
                label="Delete"
                about={name}
                title="Delete the picture?"
                text={`The links to ${name} stop working within a minute. Who has seen it may have kept a copy.`}
                action="Delete"
                fields={{ do: "delete" }}
              />
            </div>
          </div>
        </div>
      </div>
    </Layout>
  );
}

function State({ image, name }: { image: WireImage; name: string }) {
  const { status, error, variants } = image;
  if (status === "ready" && variants !== null) {
    const { url, width, height } = variants.large;
    return <img class="upload-large" src={url} width={width} height={height} alt={name} />;
  }
  if (status !== "failed") {
    return (
      <div class="notice" role="status">
        <Icon name="picture" />
        <p>
          Making pictures… <a href={`/upload/${encodeURIComponent(image.id)}`}>See whether they are there</a>
        </p>
      </div>
    );
  }
  const { title, text } = problemOf(error?.code ?? "", error?.detail);
  return (
    <div class="notice notice-problem">
      <Icon name="warning" />
      <p>
        <strong>{title}.</strong> {text}
      </p>
    </div>
  );
}

function Facts({ image }: { image: WireImage }) {
  return (
    <section class="panel" aria-labelledby="facts-title">
      <h2 id="facts-title">The uploaded file</h2>
      <dl class="facts">
        <dt>Pixels</dt>
        <dd>{dimensionsText(image)}</dd>
        <dt>Format</dt>
        <dd>{FORMAT_NAMES[image.format]}</dd>
        <dt>Size</dt>
        <dd>{sizeText(image.bytes)}</dd>
        <dt>Uploaded</dt>
        <dd>
          <Day at={Date.parse(image.created_at)} />
        </dd>
      </dl>
    </section>
  );
}

function Links({ image, origin }: { image: WireImage; origin: string }) {
  return (
    <section class="panel" aria-labelledby="links-title">
      <h2 id="links-title">Its pictures</h2>
      <p>Each browser gets the format that suits it best.</p>
      <ul class="upload-links">
        {SHOWN_VARIANTS.map((variant) => {
          const made = image.variants?.[variant];
          return (
            <li>
              <p class="upload-link-head">
                <a href={image.url[variant]}>{VARIANT_NAMES[variant]}</a>
                {made === undefined ? null : (
                  <span class="muted">
                    {dimensionsText(made)} · {sizesText(made)}
                  </span>
                )}
              </p>
              <Copyable
                id={`link-${variant}`}
                label={`Link to ${VARIANT_NAMES[variant]}`}
                value={new URL(image.url[variant], origin).href}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** `JPEG 31 kB, WebP 24 kB`. */
function sizesText({ format, bytes, alternatives }: NonNullable<WireImage["variants"]>["large"]): string {
  const all = [{ format, bytes }, ...alternatives.filter((other) => other.format !== format)];
  return all.map((one) => `${FORMAT_NAMES[one.format]} ${sizeText(one.bytes)}`).join(", ");
}
