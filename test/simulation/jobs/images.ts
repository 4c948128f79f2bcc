import { originalKey, variantKey } from "../../../src/domain/image.ts";
import { makePicture } from "../pngs.ts";
import type { Picture } from "../pngs.ts";
import type { SimulatedJob } from "../simulate.ts";
import type { Reply, World } from "../world.ts";

interface Uploaded {
  id: string;
  picture: Picture;
  /** Its organisation; `null` for a person's. */
  org: string | null;
  /** Whether its owner has asked for its end. */
  isDeleted: boolean;
}

interface Content {
  sha256: string;
  state: string;
  variants: string | null;
}

const COLOURS = 4;
const COMMENTS = 3;

/** Uploads, their pictures, and who is told of them. */
export class ImagesJob implements SimulatedJob {
  readonly #world: World;
  readonly #uploads = new Map<string, Uploaded>();
  readonly #pictures: Picture[];
  /** Of these bytes an image was deleted once, and they may have been swept. */
  readonly #left = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    const good = Array.from({ length: COLOURS * COMMENTS }, (_, i) =>
      makePicture({ colour: (i % COLOURS) * 40, comment: `${Math.floor(i / COLOURS)}`, isBroken: false }),
    );
    const broken = [0, 1].map((i) => makePicture({ colour: 200 + i, comment: "broken", isBroken: true }));
    this.#pictures = [...good, ...broken];
    world.observers.push((what) => {
      if (what.includes("image_contents")) this.#checkReady();
    });
    world.deletions.push((keys, who) => this.#onDelete(keys, who));
  }

  act(): void {
    const dice = this.#world.kernel.random.next();
    const known = [...this.#uploads.values()].filter(({ isDeleted }) => !isDeleted);
    if (dice < 0.45 || known.length === 0) return this.#world.begin(() => this.#upload());
    const image = this.#world.pick(known);
    if (dice < 0.6) this.#world.begin(() => this.#delete(image));
    else if (dice < 0.8) this.#world.begin(async () => void (await this.#show(image)));
    else this.#world.begin(async () => void (await this.#ask(image)));
  }

  #authorisationOf(org: string | null): string {
    const { orgs, people } = this.#world.cast;
    return orgs.find(({ id }) => id === org)?.key ?? people[0].authorization;
  }

  /** Until it is taken: the same bytes again are the same image. */
  async #upload(): Promise<void> {
    const picture = this.#world.pick(this.#pictures);
    const org = this.#world.pick([...this.#world.cast.orgs.map(({ id }) => id), null]);
    const headers = { authorization: this.#authorisationOf(org), "content-type": "image/png" };
    for (let tries = 0; tries < 30 && !this.#world.isBroken; tries++) {
      const init = { method: "POST", headers, body: picture.bytes };
      const reply = await this.#world.request("/v1/images", init);
      if (reply?.status === 202) {
        const { id } = reply.json as { id: string };
        this.#uploads.set(id, { id, picture, org, isDeleted: this.#uploads.get(id)?.isDeleted ?? false });
        return;
      }
      if (reply !== null && reply.status !== 503)
        return this.#world.violate("uploads are taken", `${reply.status} ${reply.text}`, [picture.sha256]);
      await this.#world.kernel.sleep(1_000 + this.#world.kernel.random.next() * 5_000);
    }
  }

  async #delete(image: Uploaded): Promise<void> {
    image.isDeleted = true;
    this.#left.add(image.picture.sha256);
    const headers = { authorization: this.#authorisationOf(image.org) };
    const reply = await this.#world.request(`/v1/images/${image.id}`, { method: "DELETE", headers });
    if (reply === null || [204, 404, 503].includes(reply.status)) return;
    this.#world.violate("deletions are taken", `${reply.status} ${reply.text}`, [image.id]);
  }

  async #ask({ id, org, isDeleted }: Uploaded): Promise<Reply | null> {
    const headers = { authorization: this.#authorisationOf(org) };
    const reply = await this.#world.request(`/v1/images/${id}`, { headers });
    if (reply === null || [200, 503].includes(reply.status) || isDeleted || this.#uploads.get(id)?.isDeleted)
      return reply;
    this.#world.violate("a write that was answered is there", `${id}: ${reply.status}`, [id]);
    return reply;
  }

  #show({ id }: Uploaded): Promise<Reply | null> {
    return this.#world.request(`/i/${id}/thumb`, { headers: { accept: "image/webp" } });
  }

  #contents(): Content[] {
    return this.#world.rows<Content>("SELECT sha256, state, variants FROM image_contents");
  }

  readonly #ready = new Set<string>();

  /** At the moment at which it becomes ready, each picture is there. */
  #checkReady(): void {
    for (const { sha256, state, variants } of this.#contents()) {
      if (state !== "ready") {
        this.#ready.delete(sha256);
      } else if (!this.#ready.has(sha256)) {
        this.#ready.add(sha256);
        const gone = picturesIn(variants).filter((key) => this.#world.blobs.contentType(key) === undefined);
        const detail = `${sha256} is ready without ${gone.join(", ")}`;
        if (gone.length > 0) this.#world.violate("what is ready has its pictures", detail, [sha256, ...gone]);
      }
    }
  }

  #onDelete(keys: readonly string[], who: string): void {
    for (const { sha256, state, variants } of this.#contents()) {
      const needed = state === "failed" ? [] : [originalKey(sha256)];
      if (state === "ready") needed.push(...picturesIn(variants));
      const named = needed.filter(
        (key) => keys.includes(key) && this.#world.blobs.contentType(key) !== undefined,
      );
      if (named.length === 0) continue;
      const detail = `${who} deletes ${named.join(", ")} of ${sha256}, which is ${state}`;
      this.#world.violate("blobs go when nothing needs them", detail, [sha256, ...named]);
    }
  }

  async settled(): Promise<void> {
    for (const image of this.#uploads.values()) {
      if (image.isDeleted || this.#world.isBroken) continue;
      await this.#checkEnd(image);
      this.#checkTold(image);
    }
    this.#checkIds();
  }

  async #checkEnd(image: Uploaded): Promise<void> {
    const { id, picture } = image;
    const reply = await this.#ask(image);
    const { status, error } = (reply?.json ?? {}) as { status?: string; error?: { code: string } };
    const about = [id, picture.sha256];
    if (status !== "ready" && status !== "failed")
      return this.#world.violate("an image comes to an end", `${id} is ${status}`, about);
    if (status === "failed") return this.#checkFailure(image, error?.code ?? "no reason");
    if (picture.isBroken)
      return this.#world.violate("an image comes to an end", `${id} is ready, but broken`, about);
    for (let tries = 0; tries < 5; tries++) {
      const shown = await this.#show(image);
      if (shown?.status === 200) return;
      await this.#world.kernel.sleep(5_000);
    }
    this.#world.violate("what is ready is shown", `${id} is not`, about);
  }

  /** Broken files say that they are; others fail where each delivery has failed, and then there is a dead letter. */
  #checkFailure({ id, picture }: Uploaded, code: string): void {
    if (picture.isBroken && code.startsWith("image_")) return;
    const letters = this.#world.rows("SELECT 1 FROM dead_letters WHERE payload LIKE ?", [
      `%${picture.sha256}%`,
    ]);
    if (code === "processing_failed" && letters.length > 0) return;
    this.#world.violate("an image comes to an end", `${id} failed: ${code}`, [id, picture.sha256]);
  }

  /** The organisation's server has taken at least one message of how the image has ended. */
  #checkTold({ id, org, picture }: Uploaded): void {
    const hook = this.#world.cast.orgs.find((one) => one.id === org)?.hook;
    const content = this.#contents().find(({ sha256 }) => sha256 === picture.sha256);
    if (hook === undefined || content === undefined) return;
    const isTold = this.#world.receivers.told.some(
      ({ url, body: { data }, isTaken }) =>
        isTaken && url === hook && data.id === id && data.status === content.state,
    );
    const tried = this.#world.rows<{ attempts: number }>(
      "SELECT attempts FROM webhook_deliveries WHERE payload ->> '$.data.id' = ? AND attempts >= 8",
      [id],
    );
    if (!isTold && tried.length === 0)
      this.#world.violate("webhooks come at least once", `${id} is ${content.state}, untold`, [
        id,
        picture.sha256,
      ]);
  }

  /** A repetition has the id of what it repeats. */
  #checkIds(): void {
    const known = new Map(
      this.#world
        .rows<{ id: string; image: string }>(
          "SELECT id, payload ->> '$.data.id' AS image FROM webhook_deliveries",
        )
        .map(({ id, image }) => [id, image]),
    );
    const wrong = this.#world.receivers.told.find(({ id, body }) => known.get(id) !== body.data.id);
    if (wrong === undefined) return;
    this.#world.violate("a repeated message has the same id", `${wrong.id} of ${wrong.body.data.id}`, [
      wrong.id,
    ]);
  }
}

function picturesIn(variants: string | null): string[] {
  return [...(variants ?? "").matchAll(/"sha256":"(\w+)"/g)].map(([, sha256]) => variantKey(sha256));
}
