/** The list of a combobox, as the ARIA practices have it: the field keeps the focus, the list says what is active. */
export interface Options {
  count(): number;
  active(): number;
  /** Shows these, each a text or an element of its own; none closes the list. */
  show(contents: readonly (string | Node)[]): void;
  activate(at: number): void;
  pick(at: number): void;
}

export function createOptions(
  field: HTMLInputElement | HTMLTextAreaElement,
  list: HTMLElement,
  onPick: (at: number) => void,
): Options {
  let active = -1;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  if (field instanceof HTMLInputElement) field.role = "combobox";
  const isOpen = () => list.childElementCount > 0;

  function activate(at: number): void {
    active = at;
    for (const [index, option] of [...list.children].entries()) option.ariaSelected = String(index === at);
    const option = list.children[at];
    if (option === undefined) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  }

  function show(contents: readonly (string | Node)[]): void {
    list.replaceChildren(...contents.map((content, at) => optionOf(content, `${list.id}-${at}`)));
    list.hidden = contents.length === 0;
    if (field instanceof HTMLInputElement) field.ariaExpanded = String(isOpen());
    // A text area keeps its own role while nothing is offered.
    else if (isOpen()) Object.assign(field, { role: "combobox", ariaExpanded: "true" });
    else for (const name of ["role", "aria-expanded"]) field.removeAttribute(name);
    activate(-1);
  }

  show([]);
  // Pressing must not take the focus from the field, or the list would close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest("[role=option]") : null;
    if (option !== null) onPick([...list.children].indexOf(option));
  });
  return { count: () => list.childElementCount, active: () => active, show, activate, pick: onPick };
}

function optionOf(content: string | Node, id: string): HTMLElement {
  const option = document.createElement("div");
  option.className = "composer-option";
  option.id = id;
  option.role = "option";
  option.append(content);
  return option;
}

/** Moves through the list by the keys; the first is taken where none is active. */
export function nextOption(event: KeyboardEvent, options: Options): void {
  const count = options.count();
  if (event.isComposing || count === 0) return;
  const active = options.active();
  if (event.key === "ArrowDown") options.activate(active + 1 < count ? active + 1 : 0);
  else if (event.key === "ArrowUp") options.activate(active > 0 ? active - 1 : count - 1);
  else if (event.key === "Enter" || (event.key === "Tab" && active >= 0)) options.pick(Math.max(0, active));
  else if (event.key === "Escape") options.show([]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
