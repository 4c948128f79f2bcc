import { createRoot } from "hono/jsx/dom/client";
import { Highlight } from "../components/highlight.tsx";
import { Icon } from "../components/icon.tsx";
import { fetchSuggestions } from "./search-api.ts";
import type { Suggestion } from "./search-api.ts";

const TYPING_MS = 60;
// More would hide the products that the same letters have found.
const MAX_SHOWN = 6;
const KIND_LABELS = { query: "", product: "Product", brand: "Brand", category: "Category" } as const;

interface Completions {
  count(): number;
  active(): number;
  setActive(index: number): void;
  load(): Promise<void>;
  close(): void;
  pick(index: number): void;
}

/** Completions below the search box, as the combobox pattern of the ARIA practices has it (list, no inline completion). */
export function startSuggestions(
  input: HTMLInputElement,
  list: HTMLElement,
  choose: (suggestion: Suggestion) => void,
): void {
  const completions = createCompletions(input, list, choose);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(timer);
    completions.close();
  };
  prepare(input, list);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void completions.load(), TYPING_MS);
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => onKey(event, input, completions, close));
  // Pressing must not take the focus from the box, or the list would close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option !== null) completions.pick([...list.children].indexOf(option));
  });
}

function createCompletions(
  input: HTMLInputElement,
  list: HTMLElement,
  choose: (suggestion: Suggestion) => void,
): Completions {
  const root = createRoot(list);
  let items: readonly Suggestion[] = [];
  let active = -1;
  let running = new AbortController();

  function draw(nextItems: readonly Suggestion[], nextActive: number): void {
    items = nextItems;
    active = nextActive;
    root.render(<Options items={items} active={active} />);
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    if (active >= 0) input.setAttribute("aria-activedescendant", optionId(active));
    else input.removeAttribute("aria-activedescendant");
    queueMicrotask(() => document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" }));
  }

  async function load(): Promise<void> {
    running.abort();
    const own = (running = new AbortController());
    const q = input.value.trim();
    // Completions are a convenience: without an answer the list stays away and the search goes on.
    const next = q === "" ? [] : await fetchSuggestions(q, own.signal).catch(() => []);
    if (!own.signal.aborted) draw(next.slice(0, MAX_SHOWN), -1);
  }

  function close(): void {
    running.abort();
    draw([], -1);
  }

  function pick(index: number): void {
    const item = items[index];
    close();
    if (item !== undefined) choose(item);
  }

  const setActive = (index: number) => draw(items, index);
  return { count: () => items.length, active: () => active, setActive, load, close, pick };
}

function onKey(event: KeyboardEvent, input: HTMLInputElement, list: Completions, close: () => void): void {
  if (event.isComposing) return;
  const count = list.count();
  if (count === 0) {
    if (event.key === "ArrowDown" && input.value.trim() !== "") void list.load();
    return;
  }
  const next = nextActive(event.key, list.active(), count);
  if (next !== null) list.setActive(next);
  else if (event.key === "Enter" && list.active() >= 0) list.pick(list.active());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

function prepare(input: HTMLInputElement, list: HTMLElement): void {
  input.spellcheck = false;
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
}

/** Which option a key leads to; -1 is the box itself. Home and End stay with the text until an option is active. */
export function nextActive(key: string, active: number, count: number): number | null {
  if (key === "ArrowDown") return active + 1 < count ? active + 1 : -1;
  if (key === "ArrowUp") return active >= 0 ? active - 1 : count - 1;
  if (key === "Home" && active >= 0) return 0;
  if (key === "End" && active >= 0) return count - 1;
  return null;
}

function Options({ items, active }: { items: readonly Suggestion[]; active: number }) {
  return (
    <>
      {items.map((item, index) => (
        <li
          key={`${item.kind}:${item.id ?? item.text}`}
          id={optionId(index)}
          class="suggestion"
          role="option"
          aria-selected={index === active ? "true" : "false"}
        >
          <Icon name={item.kind === "product" ? "window" : "search"} />
          <span class="suggestion-text">
            <Highlight text={item.text} ranges={item.highlights} />
          </span>
          <span class="suggestion-kind">{KIND_LABELS[item.kind]}</span>
        </li>
      ))}
    </>
  );
}

function optionId(index: number): string {
  return `suggestion-${index}`;
}
