import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ALLOWED } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { deleteImage } from "../../services/images/delete.ts";
import { getImage } from "../../services/images/get.ts";
import { listImages } from "../../services/images/list.ts";
import { uploadImage } from "../../services/images/upload.ts";
import { UploadImagePage } from "../../web/pages/upload-image-page.tsx";
import { UploadPage } from "../../web/pages/upload-page.tsx";
import { imageHref } from "../../web/upload/picture-tile.tsx";
import { problemOf } from "../../web/upload/problems.ts";
import type { UploadProblem } from "../../web/upload/problems.ts";
import { imageWire } from "../images/schemas.ts";
import { type App, type AppEnv, ctxOf } from "../openapi.ts";
import { doneOf } from "./account/addresses.ts";
import { attempt, readForm } from "./account/form.ts";
import { personOf, signedInOnly } from "./account/guard.ts";
import { answerPassingPage } from "./html.tsx";
import { readUpload } from "./upload-form.ts";

const PAGE_SIZE = 24;
const DONE = { delete: "The picture is deleted." } as const;

function writableOrgs(c: Context<AppEnv>): string[] {
  return personOf(c)
    .memberships.filter(({ role }) => ALLOWED[role].includes("images:write"))
    .map(({ orgSlug }) => orgSlug);
}

/** The organisation of the address, `null` for oneself; to all others there is nothing at this address. */
function orgOf(c: Context<AppEnv>): string | null {
  const slug = c.req.query("org") ?? "";
  if (slug === "") return null;
  if (writableOrgs(c).includes(slug)) return slug;
  throw new AppError("not_found", `This person may not upload for "${slug}"`);
}

function uploadHref(org: string | null, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...(org === null ? {} : { org }), ...more });
  return query.size === 0 ? "/upload" : `/upload?${query}`;
}

async function show(c: Context<AppEnv>, problem?: UploadProblem, status = 200): Promise<Response> {
  const org = orgOf(c);
  const cursor = c.req.query("cursor") ?? null;
  const { items, nextCursor } = await listImages(ctxOf(c), {
    org: org ?? undefined,
    cursor,
    limit: PAGE_SIZE,
  });
  const page = (
    <UploadPage
      userId={personOf(c).userId}
      org={org}
      orgs={writableOrgs(c)}
      images={items.map(imageWire)}
      more={nextCursor === null ? null : uploadHref(org, { cursor: nextCursor })}
      problem={problem}
      done={doneOf(c, DONE)}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** `/upload?org=`: what the browser sends one file at a time, or without script one at all. */
function registerUploadPage(app: App): void {
  app.get("/upload", (c) => show(c));
  app.post("/upload", async (c) => {
    const org = orgOf(c);
    const upload = (file: Parameters<typeof uploadImage>[1]) => uploadImage(ctxOf(c), file);
    const sent = await readUpload(c, (file) => upload({ org: org ?? undefined, ...file }));
    if (sent.refusal === null) return c.redirect(imageHref(sent.image.id), 303);
    const { code, facts, status } = sent.refusal;
    return show(c, problemOf(code, facts.detail), status);
  });
}

async function showImage(c: Context<AppEnv>, problem?: string, status = 200): Promise<Response> {
  const image = await getImage(ctxOf(c), c.req.param("id") ?? "");
  const page = (
    <UploadImagePage
      image={imageWire(image)}
      back={backHref(c, image.orgId)}
      origin={c.env.config.publicOrigin ?? new URL(c.req.url).origin}
      problem={problem}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** `/upload/{id}`: one image and its links, for who may see it. */
function registerImagePage(app: App): void {
  app.get("/upload/:id", (c) => showImage(c));
  app.post("/upload/:id", async (c) => {
    const form = await readForm(c);
    const id = c.req.param("id");
    const { orgId } = await getImage(ctxOf(c), id);
    const refusal = await attempt(form, [], () => deleteImage(ctxOf(c), id));
    if (refusal !== null) return showImage(c, refusal.state.errors.form, refusal.status);
    const back = new URL(backHref(c, orgId), c.req.url);
    back.searchParams.set("done", "delete");
    return c.redirect(back.pathname + back.search, 303);
  });
}

function backHref(c: Context<AppEnv>, orgId: string | null): string {
  const slug = personOf(c).memberships.find((membership) => membership.orgId === orgId)?.orgSlug;
  return uploadHref(slug ?? null);
}

export function registerUploadPages(app: App): void {
  app.use("/upload", signedInOnly);
  app.use("/upload/*", signedInOnly);
  registerUploadPage(app);
  registerImagePage(app);
}
