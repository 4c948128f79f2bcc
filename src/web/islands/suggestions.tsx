import { createRoot } from "hono/jsx/dom/client";
import { Highlight } from "../components/highlight.tsx";
import { Icon } from "../components/icon.tsx";
import { fetchSuggestions } from "./search-api.ts";
import type { Suggestion } from "./search-api.ts";

const TYPING_MS = 60;
const KIND_LABELS = { query: "", product: "Product", brand: "Brand", category: "Category" } as const;

/** Completions below the search box, as the combobox pattern of the ARIA practices has it (list, no inline completion). */
export function startSuggestions(
  input: HTMLInputElement,
  list: HTMLElement,
  choose: (suggestion: Suggestion) => void,
): void {
  const root = createRoot(list);
  let items: readonly Suggestion[] = [];
  let active = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = new AbortController();

  function draw(): void {
    const open = items.length > 0;
    root.render(<Options items={items} active={active} />);
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (active >= 0) input.setAttribute("aria-activedescendant", optionId(active));
    else input.removeAttribute("aria-activedescendant");
    queueMicrotask(() => document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" }));
  }

  function show(next: readonly Suggestion[]): void {
    items = next;
    active = -1;
    draw();
  }

  function close(): void {
    clearTimeout(timer);
    running.abort();
    show([]);
  }

  async function load(): Promise<void> {
    running.abort();
    const own = (running = new AbortController());
    const q = input.value.trim();
    // Completions are a convenience: without an answer the list stays away and the search goes on.
    const next = q === "" ? [] : await fetchSuggestions(q, own.signal).catch(() => []);
    if (!own.signal.aborted) show(next);
  }

  function pick(index: number): void {
    const item = items[index];
    close();
    if (item !== undefined) choose(item);
  }

  prepare(input, list);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), TYPING_MS);
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = items.length > 0;
    if (!open && event.key === "ArrowDown" && input.value.trim() !== "") void load();
    if (!open) return;
    const next = nextActive(event.key, active, items.length);
    if (next !== null) active = next;
    else if (event.key === "Enter" && active >= 0) pick(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    if (next !== null) draw();
  });
  // Pressing must not take the focus from the box, or the list would close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option !== null) pick([...list.children].indexOf(option));
  });
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
