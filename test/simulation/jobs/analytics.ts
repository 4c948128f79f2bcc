import type { SimulatedJob } from "../simulate.ts";
import type { Org } from "../template.ts";
import type { Reply, World } from "../world.ts";

interface Sent {
  id: string;
  type: (typeof TYPES)[number];
  user_id: string;
  at: string;
  path: string;
}

interface Counts {
  id: string;
  logins: number;
  page_views: number;
  activities: number;
}

/** An organisation's users as its counters were from a time on. */
interface State {
  at: number;
  users: string;
}

interface Tenant {
  org: Org;
  sent: Sent[];
  states: State[];
  version: number;
}

const TYPES = ["login", "page_view", "activity"] as const;
const COLUMNS = { login: "logins", page_view: "page_views", activity: "activities" } as const;
const USERS = 5;
const MAX_BATCH = 6;
/** How long an isolate believes the version that it has seen, by its own clock. */
const CHECK_MS = 1_000;
const SLACK_MS = 300;
const STALE_MS = 300_000;
const JUMP_MS = 60_000;

/** Events and the table of users of two organisations. */
export class AnalyticsJob implements SimulatedJob {
  readonly #world: World;
  readonly #tenants: Tenant[];
  #count = 0;

  constructor(world: World) {
    this.#world = world;
    const none = (): State[] => [{ at: 0, users: "[]" }];
    this.#tenants = world.cast.orgs.map((org) => ({ org, sent: [], states: none(), version: 0 }));
    world.observers.push((what) => {
      if (what.includes("analytics_orgs")) for (const tenant of this.#tenants) this.#observe(tenant);
    });
  }

  act(): void {
    const tenant = this.#world.pick(this.#tenants);
    const { random } = this.#world.kernel;
    if (random.chance(0.5)) return this.#world.begin(() => this.#read(tenant));
    const events = this.#makeEvents(tenant);
    this.#world.begin(() => this.#send(tenant, events));
    // Merchants' servers send twice, too.
    if (random.chance(0.2)) this.#world.begin(() => this.#send(tenant, events));
  }

  #makeEvents({ org, sent }: Tenant): Sent[] {
    const { random } = this.#world.kernel;
    const events = Array.from({ length: 1 + random.below(MAX_BATCH) }, (): Sent => {
      const user = `${org.name}-u${random.below(USERS)}`;
      const at = new Date(Math.floor(this.#world.now - 60_000 - random.next() * 7_200_000)).toISOString();
      const type = random.pick(TYPES);
      return { id: `e${++this.#count}`, type, user_id: user, at, path: `/${org.name}/${random.below(4)}` };
    });
    sent.push(...events);
    return events;
  }

  /** Until it is taken. */
  async #send({ org }: Tenant, events: readonly Sent[]): Promise<void> {
    const headers = { authorization: org.key, "content-type": "application/json" };
    const body = JSON.stringify({ events });
    for (;;) {
      const reply = await this.#world.request("/v1/events", { method: "POST", headers, body });
      if (reply?.status === 202) return this.#checkTaken(reply, events);
      if (reply !== null && reply.status !== 503)
        this.#world.violate("events are taken", `${reply.status} ${reply.text}`);
      if (this.#world.isBroken) return;
      await this.#world.kernel.sleep(500 + this.#world.kernel.random.next() * 3_000);
    }
  }

  #checkTaken({ json, text }: Reply, events: readonly Sent[]): void {
    const { accepted, duplicates, rejected } = json as Record<string, unknown>;
    const isWhole = Number(accepted) + Number(duplicates) === events.length;
    if (isWhole && Array.isArray(rejected) && rejected.length === 0) return;
    this.#world.violate("events are taken", `${text} of ${events.length}`);
  }

  async #read(tenant: Tenant): Promise<void> {
    const { org } = tenant;
    const place = this.#world.pick(this.#world.places);
    const begun = this.#world.now;
    const headers = { authorization: org.analyst };
    const reply = await this.#world.request(`/v1/orgs/${org.id}/users?limit=100`, { headers }, place);
    if (reply === null || reply.status === 503) return;
    if (reply.status !== 200)
      return this.#world.violate("dashboards are answered", `${reply.status} ${reply.text}`);
    const other = this.#world.cast.orgs.find(({ id }) => id !== org.id);
    if (other !== undefined && reply.text.includes(`${other.name}-u`))
      this.#world.violate("dashboards never mix tenants", `${org.name} reads ${reply.text}`, [org.id]);
    this.#checkCurrent(tenant, reply, begun);
  }

  #checkCurrent({ org, states }: Tenant, { json, headers, place }: Reply, begun: number): void {
    const isStale = headers.get("server-timing")?.includes('cache;desc="stale"') === true;
    const hasJumped = begun - place.jumpedAt < JUMP_MS ? JUMP_MS : 0;
    const since = begun - SLACK_MS - hasJumped - (isStale ? STALE_MS : CHECK_MS);
    const users = textOf((json as { items: Counts[] }).items);
    const isOf = (state: State, i: number): boolean =>
      state.users === users && (states[i + 1]?.at ?? Infinity) > since;
    if (states.some(isOf)) return;
    const wasOnce = states.some((state) => state.users === users);
    const invariant = wasOnce ? "an answer is as old as is said" : "an answer is of one version";
    this.#world.violate(invariant, `${org.name} reads ${users}`, [org.id, place.name]);
  }

  #observe(tenant: Tenant): void {
    const { org, states } = tenant;
    const [row] = this.#world.rows<{ version: number }>("SELECT version FROM analytics_orgs WHERE org = ?", [
      org.number,
    ]);
    if (row === undefined || row.version === tenant.version) return;
    tenant.version = row.version;
    const users = this.#world.rows<Counts>(
      "SELECT id, logins, page_views, activities FROM org_users WHERE org = ? AND is_anonymous = 0",
      [org.number],
    );
    states.push({ at: this.#world.now, users: textOf(users) });
  }

  async settled(): Promise<void> {
    for (const tenant of this.#tenants) {
      this.#checkUsers(tenant);
      this.#checkQuarters(tenant);
      for (const table of ["event_batches"]) this.#checkEmpty(tenant, table);
      await this.#read(tenant);
    }
  }

  #checkUsers({ org, sent }: Tenant): void {
    const counts = new Map<string, Counts>();
    for (const { user_id: id, type } of sent) {
      const user = counts.get(id) ?? { id, logins: 0, page_views: 0, activities: 0 };
      user[COLUMNS[type]]++;
      counts.set(id, user);
    }
    const wanted = textOf([...counts.values()]);
    const users = this.#world.rows<Counts>(
      "SELECT id, logins, page_views, activities FROM org_users WHERE org = ?",
      [org.number],
    );
    if (textOf(users) !== wanted)
      this.#world.violate("each event counts once", `${org.name} has ${textOf(users)}, not ${wanted}`, [
        org.id,
      ]);
  }

  #checkQuarters({ org, sent }: Tenant): void {
    const [{ n }] = this.#world.rows<{ n: number }>(
      "SELECT coalesce(sum(logins + page_views + activities), 0) AS n FROM event_quarters WHERE org = ?",
      [org.number],
    );
    const detail = `${org.name}'s quarters have ${n} of ${sent.length}`;
    if (n !== sent.length) this.#world.violate("each event counts once", detail, [org.id]);
  }

  #checkEmpty({ org }: Tenant, table: string): void {
    const rows = this.#world.rows(`SELECT 1 FROM ${table} WHERE org = ?`, [org.number]);
    const detail = `${org.name} has ${rows.length} rows in ${table}`;
    if (rows.length > 0) this.#world.violate("each event counts once", detail, [org.id]);
  }
}

function textOf(users: readonly Counts[]): string {
  const rows = users.map(({ id, logins, page_views, activities }) => [id, logins, page_views, activities]);
  return JSON.stringify(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
