import type { BrowserContextOptions, Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import type { Role } from "../../src/domain/actor.ts";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { addMember, addPerson, asOperator } from "../orgs/people.ts";
import { NOW } from "./dashboard-fixture.ts";
import type { Shop } from "./browser.ts";
import type { OpenShop } from "./open-shop.ts";

export const USERS = 130;
export const DAYS = 45;
const DAY_MS = 86_400_000;
const PATHS = ["/", "/p/walnut-table-lamp", "/c/lighting", "/cart", "/about"];
const HOSTS = ["google.com", null, "news.example", null, null];

/** One with a history, one that nothing ever happened in. */
type TenantOrg = "acme" | "new";

/** An organisation with people of each kind and a history, behind the real application; jobs run by themselves. */
export interface DashboardTenant {
  open(): Promise<OpenShop>;
  /** A page of the person who has that role in both organisations; `stranger` has none. */
  openAs(shop: Shop, person: string, path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Records what happens now, and folds it in as the queue would. */
  happen(events: readonly Partial<AnalyticsEvent>[], org?: TenantOrg): Promise<void>;
}

export function dashboardTenant(): DashboardTenant {
  let platform: MemoryPlatform;
  const orgs = { acme: "", new: "" };
  const cookies = new Map<string, string>();

  async function drain(): Promise<void> {
    await platform.jobs.drain((batch) => consume(openMemoryDeps(platform), batch));
  }

  async function happen(events: readonly Partial<AnalyticsEvent>[], org: TenantOrg = "acme"): Promise<void> {
    const deps = openMemoryDeps(platform);
    await recordEvents(
      deps,
      orgs[org],
      events.map((event, index) => eventOf(platform, event, index)),
    );
    await deps.lifetime.settle();
    await drain();
  }

  async function open(): Promise<OpenShop> {
    platform = await createMemoryPlatform({ now: NOW });
    const started = Date.now();
    // The browser's clock goes on, so the server's does.
    const ticking = setInterval(() => platform.clock.set(NOW + Date.now() - started), 50);
    orgs.acme = (await createOrg(asOperator(platform), { name: "Acme Lighting", slug: "acme" })).id;
    orgs.new = (await createOrg(asOperator(platform), { name: "New & Co", slug: "new" })).id;
    for (const role of ["owner", "analyst", "member"] as const) {
      cookies.set(role, await newPerson(platform, Object.values(orgs), role));
    }
    cookies.set("stranger", await newPerson(platform, [], "owner", "stranger"));
    await happen(history());
    const app = createApp();
    return {
      fetch: async (request) => {
        const deps = openMemoryDeps(platform);
        const response = await app.fetch(request, deps);
        await deps.lifetime.settle();
        await drain();
        return response;
      },
      close: () => {
        clearInterval(ticking);
        platform.close();
      },
    };
  }

  const openAs: DashboardTenant["openAs"] = async (shop, person, path = "/orgs/acme", options = {}) => {
    const page = await shop.open("/robots.txt", options);
    const value = encodeURIComponent(cookies.get(person) ?? "");
    await page.context().addCookies([{ name: "better-auth.session_token", value, url: shop.url }]);
    await page.goto(shop.url + path);
    return page;
  };

  return { open, happen, openAs };
}

async function newPerson(platform: MemoryPlatform, orgs: readonly string[], role: Role, id: string = role) {
  await addPerson(platform, id);
  for (const org of orgs) await addMember(platform, org, id, role);
  return signedToken(platform, await addSession(platform, id));
}

function eventOf(platform: MemoryPlatform, event: Partial<AnalyticsEvent>, index: number): AnalyticsEvent {
  return {
    id: `now-${platform.clock.now()}-${index}`,
    type: "page_view",
    userId: "user-0",
    userName: null,
    isAnonymous: false,
    at: platform.clock.now(),
    path: "/",
    referrer: null,
    properties: null,
    bot: null,
    ...event,
  };
}

/** Some 130 users over 45 days: early ones come often, each comes at least once; now and then a machine. */
function history(): Partial<AnalyticsEvent>[] {
  const events: Partial<AnalyticsEvent>[] = [];
  for (let user = 0; user < USERS; user++) {
    for (let day = user % DAYS; day < DAYS; day += 1 + Math.floor(user / 4)) {
      const at = NOW - day * DAY_MS - ((user * 37) % 600) * 60_000 - 120_000;
      const userName = user % 7 === 6 ? null : `${NAMES[user % NAMES.length]} ${user}`;
      const base = { userId: `user-${user}`, userName, at, id: `${user}-${day}` };
      events.push({ ...base, path: PATHS[(user + day) % PATHS.length], referrer: HOSTS[day % HOSTS.length] });
      if (day % 3 === 0) events.push({ ...base, id: `${base.id}-l`, type: "login" });
      if (user % 9 === 0) events.push({ ...base, id: `${base.id}-b`, bot: "user_agent" });
    }
  }
  return events;
}

const NAMES = [
  "Ada Lovelace",
  "Grace Hopper",
  "Alan Turing",
  "Barbara Liskov",
  "Donald Knuth",
  "Радия Перлман",
];
