/** What the composer is made of (`feed/composer.tsx`). */
export interface ComposerParts {
  form: HTMLFormElement;
  field: HTMLTextAreaElement;
  /** Friends that are offered behind an `@`. */
  people: HTMLElement;
  files: HTMLInputElement;
  tiles: HTMLElement;
  count: HTMLElement;
  error: HTMLElement;
  send: HTMLButtonElement;
  product: {
    field: HTMLInputElement;
    list: HTMLElement;
    note: HTMLElement;
    box: HTMLElement;
    part: HTMLDetailsElement;
  };
}

/** `null` on pages without one. */
export function composerParts(): ComposerParts | null {
  const form = document.getElementById("composer");
  if (!(form instanceof HTMLFormElement)) return null;
  const part = <T extends HTMLElement>(selector: string): T => {
    const found = form.querySelector<T>(selector);
    if (found === null) throw new Error(`There is no ${selector} in the composer`);
    return found;
  };
  return {
    form,
    field: part("#post-text"),
    people: part("#mentions"),
    files: part("#post-files"),
    tiles: part("#attachments"),
    count: part("#post-count"),
    error: part("#post-problem"),
    send: part(".composer-send"),
    product: {
      field: part("#product-q"),
      list: part("#product-options"),
      note: part("#product-note"),
      box: part("#chosen-product"),
      part: part("#product-part"),
    },
  };
}
