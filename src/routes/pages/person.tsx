import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { MAX_COUNTED_POSTS } from "../../services/friends/limits.ts";
import { getPersonWithPosts } from "../../services/friends/person-page.ts";
import { toWireAuthor } from "../../services/posts/wire-post.ts";
import { personHref } from "../../web/feed/person-badge.tsx";
import { PersonPage } from "../../web/pages/person-page.tsx";
import { countForm } from "../middleware/rate-limit.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { doneOf } from "./account/addresses.ts";
import { readForm } from "./account/form.ts";
import { personOf, signedInOnly } from "./account/guard.ts";
import { answerPassingPage } from "./html.tsx";
import { actOnPerson, DONE_WORDS, problemInWords } from "./person-acts.ts";
import type { PageProblem } from "./person-acts.ts";

const PAGE_SIZE = 10;
const DONE = { ...DONE_WORDS, delete: "The post is deleted.", "delete-comment": "The comment is deleted." };

function pageHref(id: string, cursor: string | null): string {
  return cursor === null ? personHref(id) : `${personHref(id)}?${new URLSearchParams({ cursor })}`;
}

async function show(c: Context<AppEnv>, id: string, problem?: PageProblem): Promise<Response> {
  const { userId: viewerId } = personOf(c);
  const cursor = c.req.query("cursor") ?? null;
  const { person, since, posts } = await getPersonWithPosts(ctxOf(c), id, { cursor, limit: PAGE_SIZE });
  const { friendship, isBlocked, isMuted, friendCount, postCount } = person;
  const shown = {
    ...toWireAuthor(person),
    isSelf: id === viewerId,
    friendship,
    isBlocked,
    isMuted,
    friendCount,
    postCount,
    since,
    maxPosts: MAX_COUNTED_POSTS,
  };
  const page = (
    <PersonPage
      person={shown}
      viewerId={viewerId}
      posts={posts.items}
      first={cursor === null ? null : personHref(id)}
      more={posts.nextCursor === null ? null : pageHref(id, posts.nextCursor)}
      here={pageHref(id, cursor)}
      now={c.env.clock.now()}
      problem={problem?.text}
      done={problem === undefined ? doneOf(c, DONE) : undefined}
    />
  );
  return answerPassingPage(c, page, (problem?.status ?? 200) as ContentfulStatusCode);
}

/** `/u/{id}`: to who is blocked by them there is no such page, as for nobody's id. */
export function registerPersonPage(app: App): void {
  app.use("/u/*", signedInOnly);
  app.get("/u/:id", async (c) => {
    await countForm(c, "read");
    return show(c, c.req.param("id"));
  });
  app.post("/u/:id", async (c) => {
    const form = await readForm(c);
    const id = c.req.param("id");
    try {
      const done = await actOnPerson(c, form.get("do"), id);
      return c.redirect(`${personHref(id)}?${new URLSearchParams({ done })}`, 303);
    } catch (thrown) {
      return show(c, id, problemInWords(c, thrown, id));
    }
  });
}
