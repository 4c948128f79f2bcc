import { TEST_CONFIG } from "../../../src/platform/memory/open.ts";
import type { Invocation, Place } from "../invocation.ts";
import type { SimulatedJob } from "../simulate.ts";
import type { Org } from "../template.ts";
import type { Reply, World } from "../world.ts";

interface Page {
  total: number;
  items: { id: string; title: string }[];
  index_version: string;
  degraded?: true;
}

/** What a merchant has asked of one product, one thing after the other: a title, or `null` for a deletion. */
interface Shelf {
  id: string;
  org: Org;
  isBusy: boolean;
  /** What it may be: what was last answered, and what was asked since and never answered. */
  candidates: (string | null)[];
}

const PRODUCTS = 14;
const IMPORTED = 210;
/** After 5 s without having asked the database, answers say that they are degraded. */
const BEHIND_MS = 5_000;
/** A request may have begun to search just before, and take a while to answer. */
const SLACK_MS = 500;
/** So long after a machine's clock has jumped nobody there knows how old anything is. */
const JUMP_MS = 60_000;

/** The catalogue and its search. */
export class SearchJob implements SimulatedJob {
  readonly #world: World;
  readonly #shelves: Shelf[];
  /** Every product as each change left it. */
  readonly #changes: { seq: number; id: string; title: string | null; at: number }[] = [];
  readonly #seen = new Map<string, number>();
  #seq = 0;
  #generation = 0;
  #written = 0;

  constructor(world: World) {
    this.#world = world;
    const [acme, rival] = world.cast.orgs;
    this.#shelves = Array.from({ length: PRODUCTS }, (_, i) => {
      const org = i % 3 === 0 ? rival : acme;
      return { id: `p${i}`, org, isBusy: false, candidates: [null] };
    });
    world.observers.push((what) => this.#observe(what));
    world.deletions.push((keys, who) => this.#onDelete(keys, who));
  }

  act(): void {
    const dice = this.#world.kernel.random.next();
    if (dice < 0.4) this.#world.begin(async () => void (await this.#search()));
    else if (dice < 0.44) this.#world.begin(() => this.#import());
    else if (dice < 0.48) this.#world.begin(() => this.#rebuild());
    else this.#world.begin(() => this.#write(dice > 0.85));
  }

  async #write(deletes: boolean): Promise<void> {
    const shelf = this.#world.pick(this.#shelves);
    if (shelf.isBusy) return;
    shelf.isBusy = true;
    const title = deletes ? null : `lamp ${shelf.id} w${++this.#written}`;
    shelf.candidates.push(title);
    const headers = { authorization: shelf.org.key, "content-type": "application/json" };
    const init = deletes
      ? { method: "DELETE", headers }
      : { method: "PUT", headers, body: JSON.stringify({ title, price: { amount: 100, currency: "USD" } }) };
    const reply = await this.#world.request(`/v1/products/${shelf.id}`, init);
    shelf.isBusy = false;
    if (reply === null || reply.status === 503) return;
    const isDone = [200, 201, 204].includes(reply.status) || (deletes && reply.status === 404);
    if (isDone) shelf.candidates = [title];
    else this.#world.violate("writes are taken", `${reply.status} ${reply.text}`, [shelf.id]);
  }

  /** Enough for a merge. */
  async #import(): Promise<void> {
    const [acme] = this.#world.cast.orgs;
    const mark = ++this.#written;
    const line = (_: unknown, i: number): string =>
      JSON.stringify({ id: `f${i}`, title: `filler ${i} w${mark}` });
    const body = Array.from({ length: IMPORTED }, line).join("\n");
    const headers = { authorization: acme.key, "content-type": "application/x-ndjson" };
    await this.#world.request("/v1/products/import", { method: "POST", headers, body });
    this.#world.queue.send({ id: `merge_${mark}`, kind: "index.merge", payload: {} }, 3);
  }

  /** Often while the catalogue changes much. */
  async #rebuild(): Promise<void> {
    const headers = { authorization: `Bearer ${TEST_CONFIG.operatorKey}` };
    await this.#world.request("/v1/admin/index/rebuild", { method: "POST", headers });
    const { random } = this.#world.kernel;
    if (!random.chance(0.7)) return;
    await this.#world.kernel.sleep(random.next() * 5_000);
    await this.#import();
  }

  async #search(place: Place = this.#world.pick(this.#world.places)): Promise<Reply | null> {
    const begun = this.#world.now;
    const session = `${place.name}/${place.life}`;
    const seen = this.#seen.get(session) ?? 0;
    const reply = await this.#world.request("/v1/search?q=lamp&limit=100", {}, place);
    if (reply === null || reply.status === 503) return reply;
    if (reply.status !== 200) this.#world.violate("searches are answered", `${reply.status} ${reply.text}`);
    else this.#judge(reply, { begun, session, seen });
    return reply;
  }

  #judge({ json, place }: Reply, asked: { begun: number; session: string; seen: number }): void {
    const { items, total, index_version: version, degraded } = json as Page;
    if (degraded === true) return;
    const seq = Number(version.split(".")[1]);
    const shown = items.map(({ id, title }) => `${id}=${title}`).toSorted();
    const wanted = this.#stateAt(seq);
    if (shown.join("|") !== wanted.join("|") || total !== wanted.length) {
      const [lacks, has] = [
        wanted.filter((one) => !shown.includes(one)),
        shown.filter((one) => !wanted.includes(one)),
      ];
      const detail = `${place.name} at ${version} lacks [${lacks.join(", ")}] and has [${has.join(", ")}]`;
      this.#world.violate("an answer is of one state of the catalogue", detail, idsIn([...lacks, ...has]));
    }
    if (seq < asked.seen) {
      const detail = `${place.name} answers ${version} after a search that ended with ${asked.seen}`;
      this.#world.violate("an isolate never goes back", detail, [place.name]);
    }
    this.#seen.set(asked.session, Math.max(seq, this.#seen.get(asked.session) ?? 0));
    const jumped = asked.begun - place.jumpedAt < JUMP_MS ? JUMP_MS : 0;
    const since = asked.begun - BEHIND_MS - SLACK_MS - jumped;
    const missed = this.#changes.find((one) => one.seq > seq && one.at < since);
    if (missed === undefined) return;
    const late = Math.round(asked.begun - missed.at);
    const detail = `${place.name} at ${version} lacks change ${missed.seq} of ${missed.id}, ${late} ms old`;
    this.#world.violate("what is not degraded is at most 5 s old", detail, [place.name, missed.id]);
  }

  #stateAt(seq: number): string[] {
    const titles = new Map<string, string | null>();
    for (const change of this.#changes) if (change.seq <= seq) titles.set(change.id, change.title);
    return [...titles]
      .flatMap(([id, title]) => (title?.startsWith("lamp") ? [`${id}=${title}`] : []))
      .toSorted();
  }

  #observe(what: string): void {
    if (what.includes("products")) {
      const since = "SELECT id, seq, title, deleted_at AS gone FROM products WHERE seq > ? ORDER BY seq";
      const rows = this.#world.rows<{ id: string; seq: number; title: string; gone: number | null }>(since, [
        this.#seq,
      ]);
      for (const { id, seq, title, gone } of rows)
        this.#changes.push({ id, seq, title: gone === null ? title : null, at: this.#world.now });
      this.#seq = rows.at(-1)?.seq ?? this.#seq;
    }
    if (what.includes("index_manifests")) this.#checkManifests();
  }

  #checkManifests(): void {
    const rows = this.#world.rows<{ generation: number; manifest: string }>(
      "SELECT generation, manifest FROM index_manifests WHERE generation > ?",
      [this.#generation],
    );
    for (const { generation, manifest } of rows) {
      this.#generation = generation;
      const gone = [...manifest.matchAll(/"key":"([^"]+)"/g)]
        .map(([, key]) => key)
        .filter((key) => this.#world.blobs.contentType(key) === undefined);
      const detail = `generation ${generation} names ${gone.join(", ")}`;
      if (gone.length > 0) this.#world.violate("a manifest names what is stored", detail, gone);
    }
  }

  #onDelete(keys: readonly string[], who: Invocation["label"]): void {
    const own = keys.filter((key) => key.startsWith("index/"));
    if (own.length === 0) return;
    const manifests = this.#world.rows<{ manifest: string }>("SELECT manifest FROM index_manifests");
    const named = own.filter((key) => manifests.some(({ manifest }) => manifest.includes(key)));
    if (named.length > 0)
      this.#world.violate("a manifest names what is stored", `${who} deletes ${named.join(", ")}`, named);
  }

  async settled(): Promise<void> {
    for (const shelf of this.#shelves) this.#checkShelf(shelf);
    for (const place of this.#world.places) await this.#checkPlace(place);
  }

  #checkShelf({ id, candidates }: Shelf): void {
    const rows = this.#world.rows<{ title: string }>(
      "SELECT title FROM products WHERE id = ? AND deleted_at IS NULL",
      [id],
    );
    const title = rows[0]?.title ?? null;
    if (candidates.includes(title)) return;
    const detail = `${id} is ${title}, not ${candidates.join(" or ")}`;
    this.#world.violate("a write that was answered is there", detail, [id]);
  }

  /** In the end each isolate finds what the database has. */
  async #checkPlace(place: Place): Promise<void> {
    for (let tries = 0; tries < 20 && !this.#world.isBroken; tries++) {
      const reply = await this.#search(place);
      const page = reply?.status === 200 ? (reply.json as Page) : null;
      const isNewest = page !== null && page.degraded === undefined;
      if (isNewest && Number(page.index_version.split(".")[1]) >= this.#seq) return;
      await this.#world.kernel.sleep(3_000);
    }
    if (this.#world.isBroken) return;
    const detail = `${place.name} does not come to change ${this.#seq}`;
    this.#world.violate("every write is found in the end", detail, [place.name]);
  }
}

function idsIn(texts: readonly string[]): string[] {
  return texts.slice(0, 3).map((text) => text.split("=")[0]);
}
