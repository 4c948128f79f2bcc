import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../../domain/errors.ts";
import { picturePath } from "../../domain/image.ts";
import { MAX_POST_IMAGES } from "../../domain/post.ts";
import { imageUrlOf } from "../../domain/product.ts";
import { getProduct } from "../../services/catalogue/get-product.ts";
import { getFeed } from "../../services/feed/feed.ts";
import { listFriends } from "../../services/friends/friendships.ts";
import { uploadImage } from "../../services/images/upload.ts";
import { createPost } from "../../services/posts/posts.ts";
import { searchProducts } from "../../services/search/search.ts";
import { NO_DRAFT } from "../../web/feed/draft.ts";
import type { Draft, DraftPicture, DraftProduct } from "../../web/feed/draft.ts";
import { FeedPage } from "../../web/pages/feed-page.tsx";
import { problemOf } from "../../web/upload/problems.ts";
import { countForm } from "../middleware/rate-limit.ts";
import { toAppError } from "../middleware/problem.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { doneOf } from "./account/addresses.ts";
import { personOf, signedInOnly } from "./account/guard.ts";
import { registerFeedActions } from "./feed-actions.tsx";
import { readFeedForm } from "./feed-form.ts";
import type { FeedForm } from "./feed-form.ts";
import { answerPassingPage } from "./html.tsx";

const PAGE_SIZE = 20;
const FOUND_PRODUCTS = 6;
const DONE = {
  post: "Your post is there.",
  delete: "The post is deleted.",
  "delete-comment": "The comment is deleted.",
} as const;

async function show(c: Context<AppEnv>, draft: Draft = NO_DRAFT, status = 200): Promise<Response> {
  const ctx = ctxOf(c);
  const cursor = c.req.method === "GET" ? (c.req.query("cursor") ?? null) : null;
  const { items, nextCursor } = await getFeed(ctx, { cursor, limit: PAGE_SIZE });
  const { userId: id, name } = personOf(c);
  const page = (
    <FeedPage
      viewer={{ id, name }}
      posts={items}
      nextCursor={nextCursor}
      isFirst={cursor === null}
      hasFriends={items.length > 0 || (await hasFriends(c))}
      draft={draft}
      done={doneOf(c, DONE)}
      back={cursor === null ? "/feed" : `/feed?${new URLSearchParams({ cursor })}`}
      now={c.env.clock.now()}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

async function hasFriends(c: Context<AppEnv>): Promise<boolean> {
  const { items } = await listFriends(ctxOf(c), { cursor: null, limit: 1 });
  return items.length > 0;
}

/** What was sent, with what it names, to stand in the form again. */
async function draftOf(c: Context<AppEnv>, form: FeedForm): Promise<Draft> {
  return {
    ...NO_DRAFT,
    text: form.text,
    productQuery: form.productQuery,
    product: await productOf(c, form.productId),
    pictures: form.imageIds.map((id): DraftPicture => ({ id, url: urlsOf(id) })),
  };
}

function urlsOf(id: string): DraftPicture["url"] {
  return {
    thumb: picturePath(id, "thumb"),
    medium: picturePath(id, "medium"),
    large: picturePath(id, "large"),
  };
}

async function productOf(c: Context<AppEnv>, id: string): Promise<DraftProduct | null> {
  if (id === "") return null;
  try {
    const product = await getProduct(ctxOf(c), id);
    return { id, title: product.title, price: product.price, image_url: imageUrlOf(product) };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

async function findProducts(c: Context<AppEnv>, q: string): Promise<DraftProduct[]> {
  const nothing = { filters: [], facets: [], cursor: null, explain: false };
  const input = { ...nothing, q: q.slice(0, 200), sort: "relevance" as const, limit: FOUND_PRODUCTS };
  const { page } = await searchProducts(ctxOf(c), input);
  return page.items.map(({ id, title, price, image_url }) => ({ id, title, price, image_url }));
}

/** Uploads what was chosen; answers why the first file that was not taken was not. */
async function takeFiles(c: Context<AppEnv>, form: FeedForm): Promise<string | null> {
  if (form.imageIds.length + form.files.length > MAX_POST_IMAGES)
    return `A post has up to ${MAX_POST_IMAGES} pictures`;
  for (const file of form.files) {
    await countForm(c, "upload");
    try {
      const upload = { fileName: file.name, body: file.stream(), sha256: null };
      const { id } = await uploadImage(ctxOf(c), upload);
      if (!form.imageIds.includes(id)) form.imageIds.push(id);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500) throw thrown;
      const { title, text } = problemOf(error.code, error.facts.detail);
      return `${file.name}: ${title}. ${text}`;
    }
  }
  return null;
}

async function take(c: Context<AppEnv>): Promise<Response> {
  const form = await readFeedForm(c);
  const refusedFile = await takeFiles(c, form);
  const draft = await draftOf(c, form);
  if (refusedFile !== null) return show(c, { ...draft, errors: { file: refusedFile } }, 422);
  if (form.act === "find") return show(c, { ...draft, found: await findProducts(c, form.productQuery) });
  if (form.text.trim() === "" && form.imageIds.length === 0)
    return show(c, { ...draft, errors: { text: "Write something, or add a picture" } }, 422);
  try {
    await countForm(c, "post");
    const { text, imageIds } = form;
    await createPost(ctxOf(c), { text, mentions: [], productId: form.productId || null, imageIds });
  } catch (thrown) {
    return refused(c, draft, thrown);
  }
  return c.redirect("/feed?done=post", 303);
}

async function refused(c: Context<AppEnv>, draft: Draft, thrown: unknown): Promise<Response> {
  const { code, status, facts } = toAppError(thrown);
  if (code === "rate_limited") {
    c.header("Retry-After", String(Math.ceil(facts.retryAfterSeconds ?? 60)));
    return show(c, { ...draft, errors: { form: BUSY } }, status);
  }
  if (code !== "invalid_input") throw thrown;
  const [error] = facts.errors ?? [];
  const field = error?.path.startsWith("image_ids")
    ? "file"
    : error?.path.startsWith("product")
      ? "product"
      : "text";
  return show(c, { ...draft, errors: { [field]: error?.message ?? facts.detail } }, status);
}

const BUSY = "You have written a lot in a short time. Your text stands here: send it again in a minute.";

/** `/feed`, with what its forms do without script. */
export function registerFeedPages(app: App): void {
  app.use("/feed", signedInOnly);
  app.use("/feed/*", signedInOnly);
  app.get("/feed", (c) => show(c));
  app.post("/feed", (c) => take(c));
  registerFeedActions(app);
}
