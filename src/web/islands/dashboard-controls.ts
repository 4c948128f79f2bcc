import { orgHref } from "../components/org-nav.tsx";
import { parseDashboardQuery } from "../dashboard/query.ts";
import type { DashboardQuery } from "../dashboard/query.ts";
import { isPlain } from "./page-parts.ts";

export type Go = (query: DashboardQuery, how: "push" | "replace") => void;

const TYPING_MS = 250;

/** Turns links and forms of the page into steps of it, in place of page loads. */
export function listenToControls(org: string, go: Go): void {
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-go]") : null;
    if (link === null || !isPlain(event) || link.pathname !== orgHref(org)) return;
    event.preventDefault();
    go(parseDashboardQuery(new URLSearchParams(link.search)), "push");
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (form === null) return;
    event.preventDefault();
    go(queryOf(form), "push");
    form.closest("details")?.removeAttribute("open");
  });
  document.addEventListener("change", (event) => {
    const { target } = event;
    const form = target instanceof HTMLSelectElement || isZone(target) ? formOf(target.form) : null;
    if (form?.dataset.go === "change") go(queryOf(form), "push");
  });
  listenToTyping(go);
  closeOnLeave();
}

// The first letter makes a step, those that follow change it: Back returns to what was before the typing.
function listenToTyping(go: Go): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let typing = false;
  document.addEventListener("input", ({ target }) => {
    if (isZone(target) && isListed(target)) return go(queryOf(target.form), "push");
    if (!(target instanceof HTMLInputElement) || target.type !== "search" || formOf(target.form) === null)
      return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (target.form !== null) go(queryOf(target.form), typing ? "replace" : "push");
      typing = true;
    }, TYPING_MS);
  });
  document.addEventListener("focusout", () => (typing = false));
}

interface ZoneInput extends HTMLInputElement {
  form: HTMLFormElement;
}

function isZone(target: EventTarget | null): target is ZoneInput {
  return target instanceof HTMLInputElement && target.name === "tz" && formOf(target.form) !== null;
}

/** Chosen from the list, as opposed to half written. */
function isListed({ value, list }: HTMLInputElement): boolean {
  return [...(list?.options ?? [])].some((option) => option.value === value);
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof HTMLFormElement && target.dataset.go !== undefined ? target : null;
}

/** What the form would send, as a query. */
function queryOf(form: HTMLFormElement): DashboardQuery {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") params.append(name, value);
  return parseDashboardQuery(params);
}

function closeOnLeave(): void {
  const close = (except: EventTarget | null) => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>(".own-range[open]"))
      if (!(except instanceof Node && details.contains(except))) details.open = false;
  };
  document.addEventListener("click", ({ target }) => close(target));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close(null));
}
