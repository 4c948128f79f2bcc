import { describe, expect, it } from "vitest";
import { buildWeb } from "../../scripts/build-web.ts";
import { cutAtRanges } from "../../src/web/components/highlight.tsx";
import { formatFilter, parseFilter } from "../../src/web/filters.ts";
import { formatPrice } from "../../src/web/price.ts";
import { apiHref, isFormSubmission, parseQuery, queryHref } from "../../src/web/query.ts";

const hrefOf = (search: string) => queryHref(parseQuery(new URLSearchParams(search)));

describe("the shop's address", () => {
  it("says the same as the form, in one way", () => {
    const form =
      "q=+lamp+&sort=relevance&filter=brand:Tern&filter=brand:A%5C,+Inc&price_min=20.50&price_max=&currency=USD";
    expect(isFormSubmission(new URLSearchParams(form))).toBe(true);
    const href = hrefOf(form);
    expect(new URL(href, "http://shop").searchParams.getAll("filter")).toEqual([
      "brand:A\\, Inc,Tern",
      "price:2050..",
    ]);
    expect(hrefOf(href.slice(2))).toBe(href);
    expect(isFormSubmission(new URLSearchParams(href.slice(2)))).toBe(false);
  });

  it("reads prices in whole units of any currency, either way round, and leaves out what is none", () => {
    const price = (search: string) => parseQuery(new URLSearchParams(search)).filters;
    expect(price("price_min=500&price_max=2&currency=JPY")).toEqual([{ field: "price", min: 2, max: 500 }]);
    expect(price("price_min=0,99&currency=EUR")).toEqual([{ field: "price", min: 99, max: null }]);
    expect(price("price_min=-1&price_max=abc&currency=USD")).toEqual([]);
    expect(price("price_min=1&currency=not-a-currency")).toEqual([{ field: "price", min: 100, max: null }]);
  });

  it("leaves out filters without field or value, and unknown sorts", () => {
    expect(hrefOf("filter=:x&filter=brand&filter=brand:&filter=brand:,&sort=best")).toBe("/");
  });

  it("asks the API with what the page shows", () => {
    const href = apiHref(parseQuery(new URLSearchParams("q=a%26b&filter=in_stock:true&sort=-price")));
    const { searchParams } = new URL(href, "http://shop");
    expect(searchParams.get("q")).toBe("a&b");
    expect(searchParams.getAll("filter")).toEqual(["in_stock:true"]);
    expect(searchParams.get("limit")).toBe("24");
  });

  it("keeps any value through the wire form", () => {
    for (const value of ["a,b", "a\\", "\\,", "x:y", "1..2", " ", "日本", "a\nb"]) {
      const filter = { field: "brand", values: [value, "other"] };
      expect(parseFilter(formatFilter(filter))).toEqual(filter);
    }
    expect(parseFilter("rating:4..")).toEqual({ field: "rating", min: 4, max: null });
  });
});

describe("what the cards show", () => {
  it("cuts titles at ranges, also at ranges that make no sense", () => {
    const marked = (ranges: [number, number][]) =>
      cutAtRanges("table lamp", ranges)
        .map(({ text, marked: on }) => (on ? `[${text}]` : text))
        .join("");
    expect(
      marked([
        [6, 10],
        [0, 5],
      ]),
    ).toBe("[table] [lamp]");
    expect(
      marked([
        [0, 5],
        [3, 8],
        [4, 4],
        [9, 99],
        [-3, 1],
      ]),
    ).toBe("[t][able][ la]m[p]");
    expect(marked([])).toBe("table lamp");
  });

  it("writes prices by the digits of their currency", () => {
    expect(formatPrice({ amount: 129_900, currency: "USD" })).toBe("$1,299.00");
    expect(formatPrice({ amount: 1_299, currency: "JPY" })).toBe("¥1,299");
    expect(formatPrice({ amount: 5, currency: "bad code" })).toBe("5 bad code");
  });
});

it("the client code stays under 20 kB gzipped", async () => {
  const script = (await buildWeb()).find((file) => file.path.endsWith("shop.js"));
  expect(script?.gzipBytes).toBeGreaterThan(1_000);
  expect(script?.gzipBytes).toBeLessThan(20_000);
});
