import { parseQuery } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import { isPlain } from "./page-parts.ts";
import type { ShopFront } from "./shop-front.tsx";

const TYPING_MS = 60;

/** Turns typing, choosing and following links into steps of the shop, in place of page loads. */
export function listenToControls(front: ShopFront, form: HTMLFormElement, input: HTMLInputElement): void {
  listenToTyping(front, form, input);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    front.go(queryOf(form), "push");
  });
  document.addEventListener("change", (event) => {
    const { target } = event;
    const isControl = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (isControl && target.form === form && target !== input) front.go(queryOf(form), "push");
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link !== null && isPlain(event) && followed(front, link, input, event.detail === 0))
      event.preventDefault();
  });
}

// The first letter makes a step, those that follow change it: Back returns to what was before the typing.
function listenToTyping(front: ShopFront, form: HTMLFormElement, input: HTMLInputElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let typing = false;
  const rest = () => {
    clearTimeout(timer);
    typing = false;
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const results = document.getElementById("results");
      front.go(queryOf(form), typing ? "replace" : "push");
      typing = true;
      if (results !== null && results.getBoundingClientRect().top < 0) results.scrollIntoView();
    }, TYPING_MS);
  });
  input.addEventListener("blur", () => (typing = false));
  form.addEventListener("submit", rest);
  addEventListener("popstate", rest);
}

/** What the form would send, as a query. */
function queryOf(form: HTMLFormElement): ShopQuery {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") params.append(name, value);
  return parseQuery(params);
}

/** Acts on a link of the shop; false leaves it to the browser. */
function followed(
  front: ShopFront,
  link: HTMLAnchorElement,
  input: HTMLInputElement,
  byKeyboard: boolean,
): boolean {
  if (link.dataset.retry !== undefined) {
    void front.session.ask(front.session.view().query);
    return true;
  }
  if (link.dataset.more !== undefined) {
    void front.session.more().then((before) => (byKeyboard ? focusCard(before) : undefined));
    return true;
  }
  if (link.origin !== location.origin || link.pathname !== "/" || link.search === "") return false;
  const query = parseQuery(new URLSearchParams(link.search));
  input.value = query.q;
  front.go(query, "push");
  return true;
}

function focusCard(index: number): void {
  requestAnimationFrame(() =>
    document.querySelectorAll<HTMLElement>("#results .card-title a")[index]?.focus(),
  );
}
