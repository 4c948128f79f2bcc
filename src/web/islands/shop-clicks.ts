import { onQueryId } from "./search-api.ts";

/** Tells which result is opened, where the list is an experiment's answer: nothing else is told, and only then. */
export function tellClicks(): void {
  const results = document.getElementById("results");
  if (results === null) return;
  onQueryId((queryId) => {
    if (queryId === null) delete results.dataset.queryId;
    else results.dataset.queryId = queryId;
  });
  results.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const { queryId } = results.dataset;
    if (link === null || queryId === undefined || !link.pathname.startsWith("/p/")) return;
    const cards = [...results.querySelectorAll(".card-title a")];
    const message = {
      query_id: queryId,
      product_id: decodeURIComponent(link.pathname.slice("/p/".length)),
      position: Math.max(0, cards.indexOf(link)),
    };
    navigator.sendBeacon?.(
      "/v1/search/clicks",
      new Blob([JSON.stringify(message)], { type: "application/json" }),
    );
  });
}
