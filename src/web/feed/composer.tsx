import type { Child } from "hono/jsx";
import { MAX_POST_IMAGES, MAX_POST_LENGTH } from "../../domain/post.ts";
import { FieldError } from "../components/field.tsx";
import { Icon } from "../components/icon.tsx";
import { Picture } from "../components/picture.tsx";
import { formatPrice } from "../price.ts";
import type { Draft, DraftPicture, DraftProduct } from "./draft.ts";
import { Avatar } from "./person-badge.tsx";

/** Browsers that are asked for these formats alone turn HEIC photos into JPEG where the system can (iOS does). */
const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/bmp";

interface Props {
  viewer: { id: string; name: string };
  draft: Draft;
}

/** Writes a post: one form, which the island takes over. */
export function Composer({ viewer, draft }: Props) {
  const { text, errors } = draft;
  const failed = errors.text ?? errors.form;
  return (
    <form
      id="composer"
      class="composer"
      method="post"
      action="/feed"
      enctype="multipart/form-data"
      aria-label="Write a post"
    >
      <div class="composer-top">
        <Avatar person={{ id: viewer.id, name: viewer.name, avatar_url: null }} isLarge />
        <div class="composer-text">
          <label class="visually-hidden" for="post-text">
            Your post
          </label>
          <textarea
            class="composer-input"
            id="post-text"
            name="text"
            rows={2}
            placeholder="What have you found?"
            dir="auto"
            aria-describedby="post-problem post-count"
            aria-invalid={failed === undefined ? undefined : "true"}
            autofocus={failed !== undefined}
          >
            {text}
          </textarea>
          <div id="mentions" class="composer-options" role="listbox" aria-label="Friends to mention" hidden />
        </div>
      </div>
      <div id="post-problem" role="alert">
        <FieldError id="post" error={failed} />
      </div>
      <ul id="attachments" class="attachments" aria-label="Pictures of the post">
        {draft.pictures.map((picture) => (
          <KeptPicture picture={picture} />
        ))}
      </ul>
      <div id="chosen-product">
        {draft.product === null ? null : <ChosenProduct product={draft.product} />}
      </div>
      <div class="composer-bar">
        <PictureField error={errors.file} />
        <ProductField draft={draft} />
        <p id="post-count" class="composer-count" data-max={MAX_POST_LENGTH} />
        <button class="button button-primary composer-send" type="submit" name="do" value="post">
          Post
        </button>
      </div>
    </form>
  );
}

function PictureField({ error }: { error: string | undefined }) {
  return (
    <div class="composer-files">
      <input
        id="post-files"
        name="file"
        type="file"
        accept={ACCEPTED}
        multiple
        aria-describedby="post-files-hint post-files-error"
      />
      <label class="composer-tool" for="post-files">
        <Icon name="picture" />
        Pictures
      </label>
      <span id="post-files-hint" class="visually-hidden">
        Up to {MAX_POST_IMAGES}, JPEG, PNG, WebP, GIF or BMP
      </span>
      <FieldError id="post-files" error={error} />
    </div>
  );
}

/** Without script a search of its own; what it finds comes back in the form as choices. */
function ProductField({ draft }: { draft: Draft }) {
  const { productQuery, found, errors } = draft;
  return (
    <details class="composer-product" id="product-part" open={found !== null || errors.product !== undefined}>
      <summary class="composer-tool">
        <Icon name="window" />
        Product
      </summary>
      <div class="product-search">
        <label class="visually-hidden" for="product-q">
          Search a product to show
        </label>
        <span class="product-search-row">
          <input
            class="input"
            id="product-q"
            name="product_q"
            type="search"
            value={productQuery}
            placeholder="Search a product to show"
            autocomplete="off"
            maxlength={200}
          />
          <button class="button apply" type="submit" name="do" value="find">
            Search
          </button>
        </span>
        <div id="product-options" class="composer-options" role="listbox" aria-label="Products" hidden />
        <p id="product-note" class="field-hint" role="status" />
        {found === null ? null : <FoundProducts found={found} query={productQuery} />}
        <FieldError id="product" error={errors.product} />
      </div>
    </details>
  );
}

function FoundProducts({ found, query }: { found: readonly DraftProduct[]; query: string }) {
  if (found.length === 0) return <p class="field-hint">Nothing is called “{query}”. Try another word.</p>;
  return (
    <fieldset class="found-products">
      <legend class="visually-hidden">Which product?</legend>
      {found.map((product) => (
        <label class="found-product">
          <input type="radio" name="product" value={product.id} />
          <ProductLine product={product} />
        </label>
      ))}
    </fieldset>
  );
}

/** A product in a line: an option of the search, or what was chosen. */
export function ProductLine({ product }: { product: DraftProduct }) {
  return (
    <>
      <Picture src={product.image_url} alt="" size={48} />
      <span class="product-line-text">
        <span class="product-line-title" dir="auto">
          {product.title}
        </span>
        <span class="muted">{product.price === null ? "Price on request" : formatPrice(product.price)}</span>
      </span>
    </>
  );
}

/** The product that the post shows; without script it is unticked, with script a button removes it. */
export function ChosenProduct({ product }: { product: DraftProduct }) {
  return (
    <Kept name="product" value={product.id} about={product.title}>
      <span class="chosen-line" data-product={JSON.stringify(product)}>
        <ProductLine product={product} />
      </span>
    </Kept>
  );
}

function KeptPicture({ picture }: { picture: DraftPicture }) {
  return (
    <li class="attachment" data-picture-id={picture.id} data-state="ready">
      <Kept name="image" value={picture.id} about="picture">
        <img src={picture.url.medium} alt="Picture of the post" width={96} height={96} />
      </Kept>
    </li>
  );
}

function Kept(props: { name: string; value: string; about: string; children?: Child }) {
  const { name, value, about, children } = props;
  return (
    <span class="kept">
      {children}
      <label class="kept-tick apply">
        <input type="checkbox" name={name} value={value} checked />
        Keep<span class="visually-hidden"> {about}</span>
      </label>
      <button class="icon-button kept-remove" type="button" data-act="remove" aria-label={`Remove ${about}`}>
        <Icon name="close" />
      </button>
    </span>
  );
}
