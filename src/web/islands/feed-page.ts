import { announce } from "./announce.ts";
import { ask, failureFrom, postPath } from "./feed-api.ts";
import { deleteComment, sendComment, showEarlier } from "./feed-comments.ts";
import { startComposer } from "./feed-composer.ts";
import { closeToast, createFrame } from "./feed-frame.ts";
import type { FeedFrame } from "./feed-frame.ts";
import { toggleLike } from "./feed-likes.ts";
import { FeedList } from "./feed-list.ts";
import { keepTime, look, watchFeedPictures } from "./feed-look.ts";
import { offerNewPosts } from "./feed-news.ts";
import { keepReadingPlace } from "./feed-place.ts";
import { Scroll } from "./feed-scroll.ts";

/** The page `/feed`: its links and forms work without this; here they no longer leave the page. */
export function startFeed(page: HTMLElement): void {
  const [posts, end, news] = ["posts", "feed-end", "new-posts"].map((id) => document.getElementById(id));
  if (!posts || !end || !news) return;
  const frame = createFrame(page);
  const list = new FeedList(posts, frame);
  watchFeedPictures();
  look(posts);
  keepTime(frame.now);
  page.addEventListener("submit", (event) => actOnForm(event, list, frame));
  page.addEventListener("click", (event) => actOnClick(event, frame));
  page.addEventListener("keydown", (event) => sendByKeys(event));
  startComposer(list, frame);
  const scroll = new Scroll(end, list, frame);
  keepReadingPlace(list, scroll, frame);
  // A page of older posts stays what it is.
  if (document.getElementById("composer") !== null) offerNewPosts(news, list, frame);
  document.documentElement.dataset.live = "";
}

function actOnForm(event: SubmitEvent, list: FeedList, frame: FeedFrame): void {
  const { target: form } = event;
  const post = form instanceof HTMLFormElement ? form.closest<HTMLElement>(".post") : null;
  if (!(form instanceof HTMLFormElement) || post === null) return;
  event.preventDefault();
  const comment = form.closest<HTMLElement>(".comment");
  form.closest<HTMLElement>("[popover]")?.hidePopover();
  if (form.dataset.likeForm !== undefined) void toggleLike(post, frame);
  else if (form.dataset.commentForm !== undefined) void sendComment(form, post, frame);
  else if (comment !== null) void deleteComment(comment, post, frame);
  else void deletePost(post, list, frame);
}

function actOnClick(event: MouseEvent, frame: FeedFrame): void {
  const target = event.target instanceof Element ? event.target : null;
  const post = target?.closest<HTMLElement>(".post") ?? null;
  if (target?.closest("[data-act=close-toast]")) closeToast();
  if (post === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target?.closest("[data-earlier]")) void showEarlier(post, frame);
  else if (target?.closest("a.post-action")) post.querySelector<HTMLElement>(".comment-input")?.focus();
  else return;
  event.preventDefault();
}

function sendByKeys(event: KeyboardEvent): void {
  const field = event.target instanceof HTMLElement ? event.target.closest(".comment-input") : null;
  if (!(field instanceof HTMLTextAreaElement) || event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) field.form?.requestSubmit();
}

async function deletePost(post: HTMLElement, list: FeedList, frame: FeedFrame): Promise<void> {
  const item = post.closest("li");
  if (item === null || post.ariaBusy === "true") return;
  post.ariaBusy = "true";
  try {
    await ask(`DELETE ${postPath(post.dataset.post ?? "")}`).catch((error: unknown) => {
      if (failureFrom(error).kind !== "gone") throw error;
    });
    const near = item.nextElementSibling ?? item.previousElementSibling;
    list.remove(item);
    announce("The post is deleted");
    (near?.querySelector<HTMLElement>(".post") ?? document.getElementById("post-text"))?.focus();
  } catch (error) {
    post.ariaBusy = null;
    frame.fail("The post was not deleted.", failureFrom(error));
    post.querySelector<HTMLElement>(".post-head > .quiet-button")?.focus();
  }
}
