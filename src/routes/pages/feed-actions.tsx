import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../../domain/errors.ts";
import { createComment, deleteComment } from "../../services/posts/comments.ts";
import { setLike } from "../../services/posts/likes.ts";
import { deletePost } from "../../services/posts/posts.ts";
import { UnsentCommentPage } from "../../web/pages/unsent-comment-page.tsx";
import { countForm } from "../middleware/rate-limit.ts";
import { toAppError } from "../middleware/problem.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { ownPath } from "./account/addresses.ts";
import { readForm, textOf } from "./account/form.ts";
import { answerPassingPage } from "./html.tsx";

/** Back to where the form stood, at what it was about. */
function goBack(c: Context<AppEnv>, form: URLSearchParams, to: { done?: string; at?: string }): Response {
  const back = new URL(ownPath(textOf(form, "back")) ?? "/feed", c.req.url);
  if (to.done !== undefined) back.searchParams.set("done", to.done);
  return c.redirect(back.pathname + back.search + (to.at === undefined ? "" : `#${to.at}`), 303);
}

/** What is deleted has no page to go back to. */
function afterDeletion(form: URLSearchParams, id: string): URLSearchParams {
  const back = textOf(form, "back");
  return back.startsWith(`/posts/${id}`) ? new URLSearchParams({ back: "/feed" }) : form;
}

async function actOnPost(c: Context<AppEnv>): Promise<Response> {
  const form = await readForm(c);
  const ctx = ctxOf(c);
  const id = c.req.param("id") ?? "";
  const act = textOf(form, "do");
  switch (act) {
    case "like":
    case "unlike":
      await countForm(c, "like");
      await setLike(ctx, { id, liked: act === "like" });
      return goBack(c, form, { at: `p-${id}` });
    case "delete":
      await deletePost(ctx, id);
      return goBack(c, afterDeletion(form, id), { done: "delete" });
    case "comment":
      return comment(c, form, id);
    default:
      throw new AppError("bad_request", "The form does not say what to do");
  }
}

async function comment(c: Context<AppEnv>, form: URLSearchParams, postId: string): Promise<Response> {
  const text = textOf(form, "text");
  try {
    await countForm(c, "post");
    const { id } = await createComment(ctxOf(c), { postId, text, mentions: [] });
    return goBack(c, form, { at: id });
  } catch (thrown) {
    const { code, status, facts } = toAppError(thrown);
    if (code !== "invalid_input" && code !== "rate_limited") throw thrown;
    const problem = code === "rate_limited" ? BUSY : (facts.errors?.[0]?.message ?? facts.detail);
    if (code === "rate_limited") c.header("Retry-After", String(Math.ceil(facts.retryAfterSeconds ?? 60)));
    const back = ownPath(textOf(form, "back")) ?? "/feed";
    const page = <UnsentCommentPage postId={postId} text={text} back={back} problem={problem} />;
    return answerPassingPage(c, page, status as ContentfulStatusCode);
  }
}

const BUSY = "You have written a lot in a short time. Send it again in a minute.";

/** What the forms of a post and of a comment do, wherever they stand; `back` says where that is. */
export function registerFeedActions(app: App): void {
  app.post("/feed/posts/:id", (c) => actOnPost(c));
  app.post("/feed/comments/:id", async (c) => {
    const form = await readForm(c);
    await deleteComment(ctxOf(c), c.req.param("id"));
    return goBack(c, form, { done: "delete-comment" });
  });
}
