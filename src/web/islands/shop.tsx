import { FORM_ID } from "../components/form.ts";
import { productHref } from "../components/product-card.tsx";
import { parseQuery, queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import type { SearchPage } from "../search-page.ts";
import { watchPictures } from "./pictures.ts";
import type { Suggestion } from "./search-api.ts";
import { tellClicks } from "./shop-clicks.ts";
import { listenToControls } from "./shop-controls.ts";
import { startShopFront } from "./shop-front.tsx";
import type { ShopFront } from "./shop-front.tsx";
import { startSuggestions } from "./suggestions.tsx";

function start(): void {
  watchPictures();
  const form = document.getElementById(FORM_ID);
  const input = document.getElementById("q");
  const list = document.getElementById("suggestions");
  if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement) || list === null) return;
  const page = readState();
  const front = page === null ? null : startShopFront(page, input);
  if (front !== null) listenToControls(front, form, input);
  tellClicks();
  startSuggestions(input, list, (suggestion) => choose(suggestion, front, input));
  document.documentElement.dataset.live = "";
}

/** The answer that the server drew the page from; `null` on pages without a list. */
function readState(): SearchPage | null {
  const text = document.getElementById("shop-state")?.textContent;
  return text === undefined || text === null ? null : (JSON.parse(text) as SearchPage);
}

function choose(suggestion: Suggestion, front: ShopFront | null, input: HTMLInputElement): void {
  if (suggestion.kind === "product" && suggestion.id !== undefined) {
    location.assign(productHref(suggestion.id));
    return;
  }
  const query = queryFor(suggestion);
  input.value = query.q;
  if (front === null) location.assign(queryHref(query));
  else front.go(query, "push");
}

function queryFor({ kind, text }: Suggestion): ShopQuery {
  const empty = parseQuery(new URLSearchParams());
  if (kind === "brand" || kind === "category")
    return { ...empty, filters: [{ field: kind, values: [text] }] };
  return { ...empty, q: text };
}

start();
