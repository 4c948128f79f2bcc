import type { Product } from "../../domain/product.ts";
import { currencyDigits } from "../price.ts";

/** The product in the words of schema.org (Product, Offer, AggregateRating), for search engines. */
export function productData(product: Product, url: string, image: string | undefined): object {
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.title,
    sku: product.id,
    url,
    image,
    description: product.description || undefined,
    category: product.category.join(" > ") || undefined,
    brand: product.brand === null ? undefined : { "@type": "Brand", name: product.brand },
    offers: offerOf(product, url),
    aggregateRating: ratingOf(product),
  };
}

function offerOf(product: Product, url: string): object | undefined {
  if (product.price === null) return undefined;
  const digits = currencyDigits(product.price.currency);
  return {
    "@type": "Offer",
    url,
    price: (product.price.amount / 10 ** digits).toFixed(digits),
    priceCurrency: product.price.currency,
    availability: `https://schema.org/${product.inStock ? "InStock" : "OutOfStock"}`,
  };
}

function ratingOf(product: Product): object | undefined {
  if (product.rating === null || product.ratingCount === 0) return undefined;
  return {
    "@type": "AggregateRating",
    ratingValue: product.rating,
    bestRating: 5,
    ratingCount: product.ratingCount,
  };
}
