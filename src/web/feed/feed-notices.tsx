import { Icon } from "../components/icon.tsx";

/** What keeps the feed from going on, and what went wrong just now; shown by the browser. */
export function FeedNotices() {
  return (
    <div id="feed-notices">
      <div class="notice notice-problem" role="alert" data-hold="signed-out" hidden>
        <Icon name="warning" />
        <p>
          You are signed out. Nothing you have written is lost:{" "}
          <a href="/sign-in?next=/feed">sign in again</a>, and this page is back.
        </p>
      </div>
      <div class="notice notice-problem" role="alert" data-hold="other-person" hidden>
        <Icon name="warning" />
        <p>
          Somebody else is signed in in this browser now. <a href="/feed">Load the page anew</a> to see their
          feed.
        </p>
      </div>
      <div class="notice" role="status" data-hold="offline" hidden>
        <Icon name="warning" />
        <p>You are offline. What you see is from before; the rest goes on once you are back.</p>
      </div>
    </div>
  );
}

/** What just went wrong, at the edge of the window until it is closed. */
export function Toast() {
  return (
    <div id="toast" class="toast" hidden>
      <p role="alert" data-part="toast" />
      <button class="icon-button" type="button" data-act="close-toast" aria-label="Close">
        <Icon name="close" />
      </button>
    </div>
  );
}
