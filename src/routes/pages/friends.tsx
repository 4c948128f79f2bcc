import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { FRIENDS_LISTS, getFriendsPage } from "../../services/friends/friends-page.ts";
import type { FriendsList, FriendsPage as FriendsRead } from "../../services/friends/friends-page.ts";
import { toWireAuthor } from "../../services/posts/wire-post.ts";
import { FriendsPage } from "../../web/pages/friends-page.tsx";
import type { PeopleList } from "../../web/people/friends-list.tsx";
import { toAppError } from "../middleware/problem.ts";
import { countForm } from "../middleware/rate-limit.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { doneOf } from "./account/addresses.ts";
import { readForm, textOf } from "./account/form.ts";
import { signedInOnly } from "./account/guard.ts";
import { answerPassingPage } from "./html.tsx";
import { actOnPerson, DONE_WORDS, problemInWords, TOO_MANY } from "./person-acts.ts";
import type { PageProblem } from "./person-acts.ts";

const PAGE_SIZE = 20;
const MAX_FOUND = 20;
const BUSY_FOR_SECONDS = 60;

type Cursors = Record<FriendsList, string | null>;

function cursorsOf(c: Context<AppEnv>): Cursors {
  const entries = FRIENDS_LISTS.map((list) => [list, c.req.query(list) ?? null] as const);
  return Object.fromEntries(entries) as Cursors; // Sound: one entry for each list.
}

/** The page with one list at `cursor`, its beginning for `null`, the others where they are. */
function listHref(c: Context<AppEnv>, list: FriendsList, cursor: string | null): string {
  const query = new URLSearchParams(new URL(c.req.url).search);
  query.delete("done");
  if (cursor === null) query.delete(list);
  else query.set(list, cursor);
  return `/friends${query.size === 0 ? "" : `?${query}`}#${list}`;
}

interface Sought {
  read: FriendsRead;
  /** What keeps the search from being answered. */
  problem: PageProblem | null;
}

/** All lists, and who is looked for; where that cannot be said, why, and the lists still. */
async function seek(c: Context<AppEnv>, q: string): Promise<Sought> {
  const request = { cursors: cursorsOf(c), limit: PAGE_SIZE };
  if (q.trim() === "")
    return { read: await getFriendsPage(ctxOf(c), { ...request, search: null }), problem: null };
  try {
    // Who pages through all prefixes would read everybody's name.
    await countForm(c, "sensitive");
    const search = { q, limit: MAX_FOUND };
    return { read: await getFriendsPage(ctxOf(c), { ...request, search }), problem: null };
  } catch (thrown) {
    const problem = searchProblem(c, thrown);
    return { read: await getFriendsPage(ctxOf(c), { ...request, search: null }), problem };
  }
}

function searchProblem(c: Context<AppEnv>, thrown: unknown): PageProblem {
  const { code, status, facts } = toAppError(thrown);
  if (code === "invalid_input") return { text: "Write 2 to 100 characters of the name.", status };
  if (code !== "rate_limited") throw thrown;
  c.header("Retry-After", String(facts.retryAfterSeconds ?? BUSY_FOR_SECONDS));
  return { text: TOO_MANY, status };
}

async function show(c: Context<AppEnv>, problem?: PageProblem): Promise<Response> {
  const q = c.req.query("q") ?? "";
  const { read, problem: unsought } = await seek(c, q);
  const cursors = cursorsOf(c);
  const listOf = (list: FriendsList): PeopleList => ({
    people: read[list].items.map((person) => ({ ...toWireAuthor(person), since: person.since })),
    first: cursors[list] === null ? null : listHref(c, list, null),
    more: read[list].nextCursor === null ? null : listHref(c, list, read[list].nextCursor),
  });
  const lists = {
    incoming: listOf("incoming"),
    outgoing: listOf("outgoing"),
    friends: listOf("friends"),
    block: listOf("block"),
    mute: listOf("mute"),
  };
  const found = read.found?.map((one) => ({ ...toWireAuthor(one), friendship: one.friendship })) ?? null;
  const search = { q, found, isCut: found?.length === MAX_FOUND, error: unsought?.text };
  const done = problem === undefined ? doneOf(c, DONE_WORDS) : undefined;
  const page = <FriendsPage lists={lists} search={search} problem={problem?.text} done={done} />;
  return answerPassingPage(c, page, (problem?.status ?? unsought?.status ?? 200) as ContentfulStatusCode);
}

/** `/friends?q=`, and a cursor for each list by its name: one round trip, whatever is shown. */
export function registerFriendsPage(app: App): void {
  app.use("/friends", signedInOnly);
  app.get("/friends", async (c) => {
    await countForm(c, "read");
    return show(c);
  });
  app.post("/friends", async (c) => {
    const form = await readForm(c);
    const user = textOf(form, "user");
    try {
      const done = await actOnPerson(c, form.get("do"), user);
      const q = c.req.query("q");
      return c.redirect(`/friends?${new URLSearchParams({ ...(q === undefined ? {} : { q }), done })}`, 303);
    } catch (thrown) {
      return show(c, problemInWords(c, thrown, user));
    }
  });
}
