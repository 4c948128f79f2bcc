import type { PostJson } from "../../services/posts/wire-post.ts";
import { PostCard } from "../feed/post-card.tsx";
import { announce } from "./announce.ts";
import { ask, failureFrom } from "./feed-api.ts";
import type { FeedFailure } from "./feed-api.ts";
import { elementOf } from "./feed-elements.ts";
import type { FeedFrame } from "./feed-frame.ts";
import type { FeedList } from "./feed-list.ts";
import { mentionsIn } from "./feed-mentions.ts";
import type { Unsent, UnsentStore } from "./feed-unsent.ts";

export interface Outbox {
  send(post: Unsent): void;
}

/** Of a picture whose size is not known, in pixels. */
const SIDE = 500;

interface OutboxOptions {
  list: FeedList;
  frame: FeedFrame;
  store: UnsentStore;
  /** Puts it back to where it was written; false where something else stands there. */
  edit: (post: Unsent) => boolean;
}

/** Posts on their way: each stands in the feed at once, and gives way to the service's own; none is lost by a failure. */
export function createOutbox({ list, frame, store, edit }: OutboxOptions): Outbox {
  function stand(post: Unsent): HTMLElement {
    const item = pendingItem(post, frame);
    list.addOnTop(item);
    item.addEventListener("click", ({ target }) => {
      const act =
        target instanceof Element ? target.closest<HTMLElement>("[data-act]")?.dataset.act : undefined;
      if (act === "retry-post") void send(post, item);
      if (act === "discard-post" || (act === "edit-post" && edit(post))) {
        store.remove(post.key);
        list.remove(item);
        document.getElementById("post-text")?.focus();
      }
    });
    return item;
  }

  async function send(post: Unsent, item: HTMLElement): Promise<void> {
    if (item.dataset.pending === "sending") return;
    show(item, "sending", "Posting…");
    try {
      const body = {
        text: post.text,
        mentions: mentionsIn(post.text, post.named),
        product_id: post.product?.id ?? null,
        image_ids: post.pictures.map(({ id }) => id),
      };
      const made = await ask<PostJson>("POST /v1/posts", { body, idempotencyKey: post.key });
      store.remove(post.key);
      const hadFocus = item.contains(document.activeElement);
      const card = list.replace(item, made);
      if (hadFocus) card.querySelector<HTMLElement>(".post")?.focus({ preventScroll: true });
      announce("Your post is there");
    } catch (error) {
      fail(post, item, failureFrom(error));
    }
  }

  function fail(post: Unsent, item: HTMLElement, failure: FeedFailure): void {
    show(item, "failed", `Not posted. ${failure.words}`);
    if (failure.kind === "signed-out" || failure.kind === "offline") frame.fail("Not posted.", failure);
    if (failure.kind !== "busy") return;
    setTimeout(() => {
      if (item.isConnected) void send(post, item);
    }, failure.retryAfterSeconds * 1_000);
  }

  frame.onResume(() => {
    for (const item of list.element.querySelectorAll<HTMLElement>("[data-pending=failed]"))
      item.querySelector<HTMLElement>("[data-act=retry-post]")?.click();
  });
  for (const post of store.unsent) show(stand(post), "failed", "Not posted yet.");

  return {
    send: (post) => {
      store.add(post);
      void send(post, stand(post));
    },
  };
}

function pendingItem(post: Unsent, frame: FeedFrame): HTMLElement {
  return elementOf(
    <li data-pending="new">
      <PostCard post={asPosted(post, frame)} viewerId={frame.viewer.id} back="/feed" now={frame.now()} />
    </li>,
  );
}

/** As it will stand there, as far as it is known before the service has it. */
function asPosted({ key, text, product, pictures }: Unsent, frame: FeedFrame): PostJson {
  return {
    id: `unsent-${key}`,
    author: { ...frame.viewer, avatar_url: null },
    text,
    entities: [],
    product,
    images: pictures.map(({ id, url, width = SIDE, height = SIDE }) => ({
      id,
      url,
      width,
      height,
      thumbhash: null,
    })),
    like_count: 0,
    comment_count: 0,
    liked: false,
    comments: [],
    created_at: new Date(frame.now()).toISOString(),
    version: 0,
  };
}

function show(item: HTMLElement, state: "sending" | "failed", text: string): void {
  item.dataset.pending = state;
  const post = item.querySelector<HTMLElement>(".post");
  post?.querySelector(".pending-note")?.remove();
  post?.append(elementOf(<PendingNote state={state} text={text} />));
}

function PendingNote({ state, text }: { state: "sending" | "failed"; text: string }) {
  const hasFailed = state === "failed";
  return (
    <div class="pending-note" role={hasFailed ? "alert" : "status"} data-failed={hasFailed ? "" : undefined}>
      <p>{text}</p>
      {hasFailed ? (
        <>
          <button class="button button-small" type="button" data-act="retry-post">
            Try again
          </button>
          <button class="button button-small" type="button" data-act="edit-post">
            Edit
          </button>
          <button class="quiet-button" type="button" data-act="discard-post">
            Discard
          </button>
        </>
      ) : null}
    </div>
  );
}
