import { searchProducts } from "../../services/search/search.ts";
import { formatFilter } from "../../web/filters.ts";
import { ShopPage } from "../../web/pages/shop-page.tsx";
import { FACETS, isFormSubmission, PAGE_SIZE, parseQuery, queryHref } from "../../web/query.ts";
import { type App, ctxOf } from "../openapi.ts";
import { answerPage, answerPassingPage } from "./html.tsx";

/** `GET /`: the parameters of `GET /v1/search`, or the shop's own form, which is sent on to the address that says the same. */
export function registerShop(app: App): void {
  app.get("/", async (c) => {
    const { searchParams, origin } = new URL(c.req.url);
    const query = parseQuery(searchParams);
    if (isFormSubmission(searchParams)) return c.redirect(queryHref(query), 303);
    const { page } = await searchProducts(ctxOf(c), {
      q: query.q,
      filters: query.filters.map(formatFilter),
      facets: FACETS,
      sort: query.sort,
      limit: PAGE_SIZE,
      cursor: query.cursor,
      explain: false,
    });
    const html = <ShopPage query={query} page={page} origin={origin} />;
    return page.degraded === true ? answerPassingPage(c, html) : answerPage(c, html);
  });
}
