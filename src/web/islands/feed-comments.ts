import { MAX_COMMENT_LENGTH } from "../../domain/post.ts";
import type { CommentJson } from "../../services/posts/wire-post.ts";
import { commentsText } from "../feed/post-card.tsx";
import { announce } from "./announce.ts";
import { ask, failureFrom, postPath } from "./feed-api.ts";
import type { CommentPage } from "./feed-api.ts";
import { commentElement } from "./feed-cards.tsx";
import type { FeedFrame } from "./feed-frame.ts";

const PAGE_SIZE = 20;

/** Shows the comments before those that stand there, where the post stands. */
export async function showEarlier(post: HTMLElement, frame: FeedFrame): Promise<void> {
  const link = post.querySelector<HTMLAnchorElement>("[data-earlier]");
  const list = post.querySelector<HTMLElement>("[data-comments]");
  if (link === null || list === null || link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const cursor = link.dataset.cursor;
  const query = new URLSearchParams({
    limit: String(PAGE_SIZE),
    ...(cursor === undefined ? {} : { cursor }),
  });
  try {
    const page = await ask<CommentPage>(`GET ${postPath(idOf(post), "/comments")}?${query}`);
    const known = new Set([...list.children].map(({ id }) => id));
    const made = page.items
      .filter(({ id }) => !known.has(id))
      .toReversed()
      .map((comment) => commentElement(comment, authorOf(post), frame));
    list.prepend(...made);
    announce(made.length === 1 ? "1 earlier comment" : `${made.length} earlier comments`);
    if (page.next_cursor === null) link.remove();
    else {
      link.dataset.cursor = page.next_cursor;
      link.textContent = "Earlier comments";
    }
    // The reader goes on where the first of them stands; the link may be gone.
    made[0]?.focus({ preventScroll: true });
  } catch (error) {
    frame.fail("The comments did not come.", failureFrom(error));
  }
  link.ariaBusy = null;
}

/** Sends what stands in a post's form; until it is taken, the text stays there. */
export async function sendComment(form: HTMLFormElement, post: HTMLElement, frame: FeedFrame): Promise<void> {
  const field = form.querySelector("textarea");
  const list = post.querySelector<HTMLElement>("[data-comments]");
  if (field === null || list === null || form.ariaBusy === "true") return;
  const text = field.value.trim();
  if (text === "") return field.focus();
  if (Array.from(text).length > MAX_COMMENT_LENGTH)
    return say(form, `A comment has at most ${MAX_COMMENT_LENGTH} characters.`);
  // The same text sent again after a lost answer is the same comment.
  if (form.dataset.sent !== text) form.dataset.key = crypto.randomUUID();
  form.dataset.sent = text;
  form.ariaBusy = "true";
  field.readOnly = true;
  try {
    const options = { body: { text }, idempotencyKey: form.dataset.key ?? "" };
    const comment = await ask<CommentJson>(`POST ${postPath(idOf(post), "/comments")}`, options);
    list.append(commentElement(comment, authorOf(post), frame));
    form.reset();
    delete form.dataset.sent;
    say(form, "");
    count(post, 1);
    announce("Your comment is there");
  } catch (error) {
    const failure = failureFrom(error);
    say(form, `Not sent. ${failure.words}`);
    if (failure.kind === "signed-out" || failure.kind === "offline") frame.fail("Not sent.", failure);
  }
  form.ariaBusy = null;
  field.readOnly = false;
  field.focus();
}

export async function deleteComment(
  comment: HTMLElement,
  post: HTMLElement,
  frame: FeedFrame,
): Promise<void> {
  comment.ariaBusy = "true";
  try {
    await ask(`DELETE /v1/comments/${encodeURIComponent(comment.id)}`).catch((error: unknown) => {
      if (failureFrom(error).kind !== "gone") throw error;
    });
    const near = comment.nextElementSibling ?? comment.previousElementSibling;
    comment.remove();
    count(post, -1);
    announce("The comment is deleted");
    (near instanceof HTMLElement ? near : post.querySelector<HTMLElement>(".comment-input"))?.focus();
  } catch (error) {
    comment.ariaBusy = null;
    frame.fail("The comment was not deleted.", failureFrom(error));
  }
}

/** Below the form, where it is read out. */
function say(form: HTMLFormElement, text: string): void {
  const made = form.querySelector<HTMLElement>("[data-part=comment-error]") ?? form.appendChild(newLine());
  made.textContent = text;
}

function newLine(): HTMLElement {
  const line = document.createElement("p");
  line.className = "comment-error";
  line.dataset.part = "comment-error";
  line.role = "alert";
  return line;
}

function count(post: HTMLElement, by: number): void {
  const shown = post.querySelector<HTMLElement>("[data-comment-count]");
  if (shown === null) return;
  const now = Math.max(0, Number(shown.dataset.commentCount) + by);
  shown.dataset.commentCount = String(now);
  shown.textContent = commentsText(now);
}

function idOf(post: HTMLElement): string {
  return post.dataset.post ?? "";
}

function authorOf(post: HTMLElement): string {
  return post.dataset.author ?? "";
}
