import { searchProducts } from "../../services/search/search.ts";
import { formatFilter } from "../../web/filters.ts";
import { ShopPage } from "../../web/pages/shop-page.tsx";
import { FACETS, isFormSubmission, PAGE_SIZE, parseQuery, queryHref } from "../../web/query.ts";
import { countAnswer } from "../middleware/query-id.ts";
import { visitOf } from "../middleware/visit.ts";
import { type App, ctxOf } from "../openapi.ts";
import { answerPage, answerPassingPage } from "./html.tsx";

/** `GET /`: the parameters of `GET /v1/search`, or the shop's own form, which is sent on to the address that says the same. */
export function registerShop(app: App): void {
  app.get("/", async (c) => {
    const { searchParams, origin } = new URL(c.req.url);
    const query = parseQuery(searchParams);
    if (isFormSubmission(searchParams)) return c.redirect(queryHref(query), 303);
    const started = performance.now();
    const input = {
      q: query.q,
      filters: query.filters.map(formatFilter),
      facets: FACETS,
      sort: query.sort,
      limit: PAGE_SIZE,
      cursor: query.cursor,
      explain: false,
    };
    const { page, resolved } = await searchProducts(ctxOf(c), input, () => visitOf(c));
    const queryId = page.degraded === true ? null : countAnswer(c, resolved, performance.now() - started);
    const html = <ShopPage query={query} page={page} origin={origin} queryId={queryId} />;
    if (queryId !== null) return answerPassingPage(c, html);
    return page.degraded === true ? answerPassingPage(c, html) : answerPage(c, html);
  });
}
