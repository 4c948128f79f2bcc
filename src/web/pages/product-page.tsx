import type { Product } from "../../domain/product.ts";
import type { ProductPicture } from "../../services/images/product-picture.ts";
import { DataBlock } from "../components/data-block.tsx";
import { Layout } from "../components/layout.tsx";
import { Picture } from "../components/picture.tsx";
import { ProductGrid, productHref } from "../components/product-card.tsx";
import { Rating } from "../components/rating.tsx";
import { formatPrice } from "../price.ts";
import { categoryHref, queryHref } from "../query.ts";
import type { SearchItem } from "../search-page.ts";
import { productData } from "./product-data.ts";

interface Props {
  product: Product;
  picture: ProductPicture | null;
  /** Others of its category or brand, without itself. */
  alike: readonly SearchItem[];
  origin: string;
}

const MAX_DESCRIPTION = 160;
/** As product-page.css lays it out. */
const SHOWN_WIDTH = "(max-width: 48rem) 100vw, 50vw";

export function ProductPage({ product, picture, alike, origin }: Props) {
  const canonical = origin + productHref(product.id);
  const image = picture === null ? undefined : new URL(picture.src, origin).href;
  const head = {
    title: `${product.title} · Vitrine`,
    description: summaryOf(product),
    canonical,
    image,
    kind: "product" as const,
  };
  return (
    <Layout head={head} q="">
      <Breadcrumb product={product} />
      <article class="product">
        <ProductImage picture={picture} alt={product.title} />
        <div class="product-text">
          {product.brand === null ? null : (
            <p class="product-brand">
              <a href={brandHref(product.brand)}>{product.brand}</a>
            </p>
          )}
          <h1>{product.title}</h1>
          <Rating rating={product.rating} count={product.ratingCount} />
          <p class="product-price">
            {product.price === null ? "Price on request" : formatPrice(product.price)}
          </p>
          <p class={product.inStock ? "stock stock-in" : "stock stock-out"}>
            {product.inStock ? "In stock" : "Sold out"}
          </p>
          <Description text={product.description} />
          <Attributes product={product} />
        </div>
      </article>
      {alike.length === 0 ? null : (
        <section class="alike" aria-labelledby="alike-title">
          <h2 id="alike-title">More like this</h2>
          <ul class="grid grid-wide">
            <ProductGrid items={alike} />
          </ul>
        </section>
      )}
      <DataBlock type="application/ld+json" value={productData(product, canonical, image)} />
    </Layout>
  );
}

function ProductImage({ picture, alt }: { picture: ProductPicture | null; alt: string }) {
  if (picture === null) return <Picture src={null} alt={alt} size={640} />;
  const { src, size, widths } = picture;
  if (widths.length === 0) return <Picture src={src} alt={alt} size={size ?? 640} eager />;
  const srcset = widths.map((one) => `${one.src} ${one.width}w`).join(", ");
  return <Picture src={src} alt={alt} size={size ?? 640} srcset={srcset} sizes={SHOWN_WIDTH} eager />;
}

function Breadcrumb({ product }: { product: Product }) {
  return (
    <nav class="breadcrumb" aria-label="Breadcrumb">
      <ol>
        <li>
          <a href="/">All products</a>
        </li>
        {product.category.map((name, index) => (
          <li>
            <a href={categoryHref(product.category.slice(0, index + 1))}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Description({ text }: { text: string }) {
  const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== "");
  return (
    <div class="prose">
      {paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </div>
  );
}

function Attributes({ product }: { product: Product }) {
  const entries = Object.entries(product.attributes);
  if (entries.length === 0) return null;
  return (
    <table class="attributes">
      <caption>Details</caption>
      <tbody>
        {entries.map(([name, value]) => (
          <tr>
            <th scope="row">{name.replaceAll("_", " ")}</th>
            <td>{typeof value === "boolean" ? (value ? "Yes" : "No") : String(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function brandHref(brand: string): string {
  return queryHref({
    q: "",
    filters: [{ field: "brand", values: [brand] }],
    sort: "relevance",
    cursor: null,
  });
}

function summaryOf(product: Product): string {
  const text = product.description.replaceAll(/\s+/g, " ").trim();
  if (text === "") return product.title;
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1).trimEnd()}…`;
}
