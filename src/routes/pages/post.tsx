import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createComment } from "../../services/posts/comments.ts";
import { getPostWithReactions } from "../../services/posts/post-page.ts";
import { postHref } from "../../web/feed/post-card.tsx";
import { PostPage } from "../../web/pages/post-page.tsx";
import type { Part } from "../../web/pages/post-page.tsx";
import { toAppError } from "../middleware/problem.ts";
import { countForm } from "../middleware/rate-limit.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { doneOf } from "./account/addresses.ts";
import { readForm, textOf } from "./account/form.ts";
import { personOf, signedInOnly } from "./account/guard.ts";
import { answerPassingPage } from "./html.tsx";
import { TOO_MANY } from "./person-acts.ts";

const COMMENTS_A_PAGE = 20;
const LIKES_A_PAGE = 20;
const BUSY_FOR_SECONDS = 60;
const DONE = {
  comment: "Your comment is there.",
  "delete-comment": "The comment is deleted.",
} as const;

type List = "comments" | "likes";

/** A comment that was not taken. */
interface Refused {
  text: string;
  error: string;
  status: number;
}

/** The page with one list at `cursor`, its beginning for `null`, the other where it is. */
function listHref(c: Context<AppEnv>, id: string, list: List, cursor: string | null): string {
  const query = hereQuery(c);
  if (cursor === null) query.delete(list);
  else query.set(list, cursor);
  return `${postHref(id)}${query.size === 0 ? "" : `?${query}`}#${list}`;
}

/** The places of the lists that the page shows. */
function hereQuery(c: Context<AppEnv>): URLSearchParams {
  const query = new URLSearchParams();
  for (const list of ["comments", "likes"]) {
    const cursor = c.req.query(list);
    if (cursor !== undefined) query.set(list, cursor);
  }
  return query;
}

function partOf<T>(
  c: Context<AppEnv>,
  id: string,
  list: List,
  read: { items: T[]; nextCursor: string | null },
): Part<T> {
  return {
    items: read.items,
    first: c.req.query(list) === undefined ? null : listHref(c, id, list, null),
    more: read.nextCursor === null ? null : listHref(c, id, list, read.nextCursor),
  };
}

async function show(c: Context<AppEnv>, id: string, refused?: Refused): Promise<Response> {
  const read = await getPostWithReactions(ctxOf(c), id, {
    comments: { cursor: c.req.query("comments") ?? null, limit: COMMENTS_A_PAGE },
    likes: { cursor: c.req.query("likes") ?? null, limit: LIKES_A_PAGE },
  });
  const query = hereQuery(c);
  const page = (
    <PostPage
      post={read.post}
      comments={partOf(c, id, "comments", read.comments)}
      likes={partOf(c, id, "likes", read.likes)}
      viewerId={personOf(c).userId}
      here={`${postHref(id)}${query.size === 0 ? "" : `?${query}`}`}
      now={c.env.clock.now()}
      typed={refused?.text ?? ""}
      error={refused?.error}
      done={refused === undefined ? doneOf(c, DONE) : undefined}
    />
  );
  return answerPassingPage(c, page, (refused?.status ?? 200) as ContentfulStatusCode);
}

/** What to say at the field; what is not the writer's to mend is thrown on. */
function refusalOf(c: Context<AppEnv>, thrown: unknown, text: string): Refused {
  const { code, status, facts } = toAppError(thrown);
  if (code === "rate_limited") {
    c.header("Retry-After", String(facts.retryAfterSeconds ?? BUSY_FOR_SECONDS));
    return { text, error: TOO_MANY, status };
  }
  if (code !== "invalid_input") throw thrown;
  return { text, error: facts.errors?.[0]?.message ?? facts.detail, status };
}

/** `/posts/{id}?comments=&likes=`: to who does not see the post there is no such page. One round trip. */
export function registerPostPage(app: App): void {
  app.use("/posts/*", signedInOnly);
  app.get("/posts/:id", async (c) => {
    await countForm(c, "read");
    return show(c, c.req.param("id"));
  });
  app.post("/posts/:id", async (c) => {
    const form = await readForm(c);
    const postId = c.req.param("id");
    const text = textOf(form, "text");
    try {
      await countForm(c, "post");
      const { id } = await createComment(ctxOf(c), { postId, text, mentions: [] });
      return c.redirect(`${postHref(postId)}?done=comment#${id}`, 303);
    } catch (thrown) {
      return show(c, postId, refusalOf(c, thrown, text));
    }
  });
}
