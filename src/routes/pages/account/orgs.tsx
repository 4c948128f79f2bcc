import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../../../domain/errors.ts";
import { createOrg, listOrgs } from "../../../services/orgs/orgs.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { orgHref } from "../../../web/components/org-nav.tsx";
import { OrgsPage } from "../../../web/pages/account/orgs-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { nextHref } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";

const PAGE_SIZE = 100;

async function show(c: Context<AppEnv>, state: FormState, status = 200): Promise<Response> {
  const cursor = c.req.query("cursor") ?? null;
  const { items, nextCursor } = await listOrgs(ctxOf(c), { cursor, limit: PAGE_SIZE });
  const orgs = items.map(({ slug, name, role }) => ({ slug, name, role: role ?? "member" }));
  const page = <OrgsPage orgs={orgs} state={state} more={nextHref(c, nextCursor)} />;
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** `Søstrene Ål & Co` → `sostrene-al-co`: what a short name may hold of a name. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("ß", "ss")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, "");
}

/** `/orgs`: one's own organisations, and a new one. */
export function registerOrgsPage(app: App): void {
  app.get("/orgs", (c) => show(c, BLANK));
  app.post("/orgs", async (c) => {
    const form = await readForm(c);
    const name = textOf(form, "name");
    const slug = textOf(form, "slug").trim() || slugOf(name);
    const refusal = await attempt(form, ["name", "slug"], () => createFrom(c, { name, slug }));
    return refusal === null
      ? c.redirect(orgHref(slug, "/members"), 303)
      : show(c, refusal.state, refusal.status);
  });
}

/** A name that is taken is said at its field. */
async function createFrom(c: Context<AppEnv>, input: { name: string; slug: string }): Promise<void> {
  try {
    await createOrg(ctxOf(c), input);
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === "conflict" && error.message.includes("slug");
    if (!isTaken) throw error;
    const errors = [{ path: "slug", message: `“${input.slug}” is taken. Choose another one.` }];
    throw new AppError("invalid_input", { detail: error.message, errors }, error);
  }
}
