import { newMerchant, rowsOf } from "../catalogue/open-catalogue.ts";
import type { Merchant } from "../catalogue/open-catalogue.ts";
import { openApp } from "./open-app.ts";
import type { TestApp } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";
import { addPerson, join } from "./tenants.ts";

export interface ImagesWorld extends TestApp {
  acme: Merchant;
  rival: Merchant;
  /** The Authorization of a person who belongs to no organisation, and of a member and an analyst of acme. */
  ada: Record<string, string>;
  member: Record<string, string>;
  analyst: Record<string, string>;
  /** Uploads as acme's key unless `headers` say otherwise, and waits for what goes on after the answer. */
  upload(body: BodyInit | null, headers?: Record<string, string>, path?: string): Promise<Response>;
  /** All that an upload leaves: blobs, contents, images and jobs. */
  left(): Promise<{ blobs: number; contents: number; images: number; jobs: number }>;
}

export async function openImages(options: Parameters<typeof openApp>[0] = {}): Promise<ImagesWorld> {
  const t = await openApp(options);
  const acme = await newMerchant(t, "acme", ["images:write", "catalogue:write"]);
  const rival = await newMerchant(t, "rival", ["images:write", "catalogue:write"]);
  const signedIn = async (id: string): Promise<Record<string, string>> => {
    await addPerson(t.platform, id, "images");
    const token = signedToken(t.platform, await addSession(t.platform, id));
    return { authorization: `Bearer ${token}` };
  };
  const [ada, member, analyst] = [await signedIn("ada"), await signedIn("member"), await signedIn("analyst")];
  await join(t.platform, acme.orgId, "member", "member");
  await join(t.platform, acme.orgId, "analyst", "analyst");
  const upload: ImagesWorld["upload"] = async (body, headers = {}, path = "/v1/images") => {
    const given = { ...acme.headers, "content-type": "image/png", ...headers };
    return t.call(path, { method: "POST", body, headers: given, duplex: "half" } as RequestInit);
  };
  const left: ImagesWorld["left"] = async () => {
    const count = async (table: string) =>
      Number((await rowsOf(t, `SELECT count(*) AS n FROM ${table}`))[0].n);
    const blobs = (await t.platform.blobs.list("", 1_000)).length;
    const [contents, images, jobs] = [
      await count("image_contents"),
      await count("images"),
      await count("outbox"),
    ];
    return { blobs, contents, images, jobs };
  };
  return { ...t, acme, rival, ada, member, analyst, upload, left };
}

export const NOTHING = { blobs: 0, contents: 0, images: 0, jobs: 0 };
