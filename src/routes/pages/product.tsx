import { getShownProduct } from "../../services/catalogue/get-product.ts";
import { pictureOfProduct } from "../../services/images/product-picture.ts";
import { ProductPage } from "../../web/pages/product-page.tsx";
import { type App, ctxOf } from "../openapi.ts";
import { productsAlike } from "./alike.ts";
import { answerPage } from "./html.tsx";

/** `GET /p/{id}`: one product. */
export function registerProductPage(app: App): void {
  app.get("/p/:id", async (c) => {
    const ctx = ctxOf(c);
    const product = await getShownProduct(ctx, c.req.param("id"));
    const [picture, alike] = await Promise.all([pictureOfProduct(ctx, product), productsAlike(ctx, product)]);
    const { origin } = new URL(c.req.url);
    return answerPage(c, <ProductPage product={product} picture={picture} alike={alike} origin={origin} />);
  });
}
