import type { BrowserContextOptions, Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import type { Role } from "../../src/domain/actor.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { addMember, addPerson, asOperator } from "../orgs/people.ts";
import type { Shop } from "./browser.ts";
import type { OpenShop } from "./open-shop.ts";

/** A person of each kind: what they are in the organisation `acme`. */
const PEOPLE = { ada: "owner", emmy: "member", kurt: "analyst", lone: null } as const satisfies Record<
  string,
  Role | null
>;
export type Uploader = keyof typeof PEOPLE;

/** People who upload, behind the real application; its queue works by itself, unless it is held. */
export interface UploadTenant {
  open(): Promise<OpenShop>;
  openAs(shop: Shop, who: Uploader, path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** No image is made ready until the queue is let go. */
  holdQueue(): void;
  letQueueGo(): Promise<void>;
  /** Gives the browser of a page a session. */
  signInAgain(page: Page, shop: Shop, who: Uploader): Promise<void>;
}

export function uploadTenant(): UploadTenant {
  let platform: MemoryPlatform;
  let isHeld = false;
  let working = Promise.resolve();

  function work(): Promise<void> {
    working = working.then(async () => {
      if (isHeld) return;
      await platform.jobs.drain((batch) => consume(openMemoryDeps(platform), batch));
    });
    return working;
  }

  async function open(): Promise<OpenShop> {
    platform = await createMemoryPlatform();
    const { id: org } = await createOrg(asOperator(platform), { name: "Acme Lighting", slug: "acme" });
    for (const [who, role] of Object.entries(PEOPLE)) {
      await addPerson(platform, who);
      if (role !== null) await addMember(platform, org, who, role);
    }
    const app = createApp();
    return {
      fetch: async (request) => {
        const deps = openMemoryDeps(platform);
        const response = await app.fetch(request, deps);
        void deps.lifetime.settle().then(work);
        return response;
      },
      close: () => platform.close(),
    };
  }

  async function signInAgain(page: Page, shop: Shop, who: Uploader): Promise<void> {
    const value = encodeURIComponent(signedToken(platform, await addSession(platform, who)));
    await page.context().addCookies([{ name: "better-auth.session_token", value, url: shop.url }]);
  }

  return {
    open,
    signInAgain,
    openAs: async (shop, who, path = "/upload", options = {}) => {
      const page = await shop.open("/robots.txt", options);
      await signInAgain(page, shop, who);
      await page.goto(shop.url + path);
      return page;
    },
    holdQueue: () => {
      isHeld = true;
    },
    letQueueGo: () => {
      isHeld = false;
      return work();
    },
  };
}
