import { ChosenProduct, ProductLine } from "../feed/composer.tsx";
import type { DraftProduct } from "../feed/draft.ts";
import { announce } from "./announce.ts";
import { ask, failureFrom } from "./feed-api.ts";
import { elementOf } from "./feed-elements.ts";
import { createOptions, nextOption } from "./feed-options.ts";
import type { Options } from "./feed-options.ts";

const TYPING_MS = 150;
const MAX_SHOWN = 6;

interface Parts {
  field: HTMLInputElement;
  list: HTMLElement;
  note: HTMLElement;
  box: HTMLElement;
  part: HTMLDetailsElement;
}

/** The product of a post: found by typing, chosen by key or pointer, and taken away again. */
export class ProductChoice {
  readonly #parts: Parts;
  readonly #onChange: () => void;
  readonly #options: Options;
  #found: readonly DraftProduct[] = [];
  #chosen: DraftProduct | null = null;
  #running = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts, onChange: () => void) {
    this.#parts = parts;
    this.#onChange = onChange;
    const { field, list, box, part } = parts;
    this.#options = createOptions(field, list, (at) => this.#pick(at));
    field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#look(field.value.trim()), TYPING_MS);
    });
    field.addEventListener("blur", () => this.#close());
    field.addEventListener("keydown", (event) => {
      nextOption(event, this.#options);
      // Enter sends no form: it would be posted by looking for a product.
      if (event.key === "Enter") event.preventDefault();
    });
    part.querySelector("summary")?.addEventListener("click", (event) => {
      if (part.open) return;
      // By itself it opens later than the next key may be pressed.
      event.preventDefault();
      part.open = true;
      field.focus();
    });
    box.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element) || target.closest("[data-act=remove]") === null) return;
      this.set(null);
      this.#onChange();
      part.querySelector("summary")?.focus();
    });
  }

  get chosen(): DraftProduct | null {
    return this.#chosen;
  }

  set(product: DraftProduct | null): void {
    this.#chosen = product;
    const shown = product === null ? [] : [elementOf(<ChosenProduct product={product} />)];
    this.#parts.box.replaceChildren(...shown);
  }

  #pick(at: number): void {
    const product = this.#found[at];
    if (product === undefined) return;
    this.set(product);
    this.#close();
    this.#parts.field.value = "";
    this.#parts.part.open = false;
    announce(`${product.title} is chosen`);
    document.getElementById("post-text")?.focus();
    this.#onChange();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#options.show([]);
    this.#parts.note.textContent = "";
  }

  async #look(q: string): Promise<void> {
    this.#running.abort();
    const own = (this.#running = new AbortController());
    const { note } = this.#parts;
    try {
      const found = q === "" ? [] : await find(q, own.signal);
      if (own.signal.aborted) return;
      this.#found = found;
      this.#options.show(found.map(lineOf));
      note.textContent = q !== "" && found.length === 0 ? `Nothing is called “${q}”.` : "";
    } catch (error) {
      if (!own.signal.aborted) note.textContent = `The search did not work. ${failureFrom(error).words}`;
    }
  }
}

function lineOf(product: DraftProduct): Node {
  return elementOf(
    <span class="composer-option-line">
      <ProductLine product={product} />
    </span>,
  );
}

async function find(q: string, signal: AbortSignal): Promise<readonly DraftProduct[]> {
  const query = new URLSearchParams({ q, limit: String(MAX_SHOWN) });
  const { items } = await ask<{ items: readonly DraftProduct[] }>(`GET /v1/search?${query}`, { signal });
  return items.map(({ id, title, price, image_url }) => ({ id, title, price, image_url }));
}
