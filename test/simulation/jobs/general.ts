import type { SimulatedJob } from "../simulate.ts";
import type { Person } from "../template.ts";
import { NEXT_KIND } from "../versions.ts";
import type { Reply, World } from "../world.ts";

interface Once {
  text: string;
  person: Person;
  /** What it was answered with first. */
  answer: string | null;
}

/** As wrangler.toml has them. */
const DELIVERIES = 6;

/** What holds of all four: repeated requests, the outbox, dead letters, and two versions at once. */
export class GeneralJob implements SimulatedJob {
  readonly #world: World;
  readonly #onces: Once[] = [];
  readonly #poison = new Set<string>();
  #count = 0;

  constructor(world: World) {
    this.#world = world;
    world.observers.push((what) => {
      if (what.includes("outbox")) this.#checkOutbox();
    });
  }

  act(): void {
    const dice = this.#world.kernel.random.next();
    if (dice < 0.75) this.#world.begin(() => this.#postOnce());
    else this.#sendPoison();
  }

  /** With a key, until it is answered, and then once more: of two people, who may have the same key. */
  async #postOnce(): Promise<void> {
    const number = ++this.#count;
    const others = this.#world.cast.people.filter((one) => one !== this.#onces.at(-1)?.person);
    const person = this.#world.pick(others);
    const once: Once = { text: `Once ${number} by ${person.id}`, person, answer: null };
    this.#onces.push(once);
    const key = `key-${Math.ceil(number / 2)}`;
    for (let tries = 0, answers = 0; tries < 40 && answers < 2 && !this.#world.isBroken; tries++) {
      const reply = await this.#post(once, key);
      if (reply?.status === 201) {
        answers++;
        this.#compare(once, reply);
      } else if (reply !== null && !isToBeTriedAgain(reply)) {
        this.#world.violate("posts are taken", `${reply.status} ${reply.text}`);
      }
      await this.#world.kernel.sleep(this.#world.kernel.random.next() * 5_000);
    }
  }

  #post({ person, text }: Once, key: string): Promise<Reply | null> {
    const headers = {
      authorization: person.authorization,
      "content-type": "application/json",
      "idempotency-key": key,
    };
    return this.#world.request("/v1/posts", { method: "POST", headers, body: JSON.stringify({ text }) });
  }

  #compare(once: Once, { text, json }: Reply): void {
    const post = json as { text: string; author: { id: string } };
    if (post.text !== once.text || post.author.id !== once.person.id)
      this.#world.violate("a key's answer is its own", `${once.text} is answered ${text}`, [once.person.id]);
    if (once.answer !== null && once.answer !== text)
      this.#world.violate("a key has one answer", `${once.answer}, then ${text}`, [once.person.id]);
    once.answer ??= text;
  }

  /** What no handler can do anything with. */
  #sendPoison(): void {
    const mark = `poison_${++this.#count}`;
    this.#poison.add(mark);
    const job = { id: mark, kind: "events.fold", payload: { org: "not a number" } };
    const bodies: unknown[] = [job, { ...job, kind: "no.such.kind" }, { ...job, payload: null }, { mark }];
    this.#world.queue.send(this.#world.pick(bodies));
  }

  /** What is marked as sent has reached the queue. */
  #checkOutbox(): void {
    const sent = this.#world.rows<{ id: string }>("SELECT id FROM outbox WHERE sent_at IS NOT NULL");
    const lost = sent.find(({ id }) => !this.#world.queue.accepted.has(id));
    if (lost !== undefined)
      this.#world.violate("a job marked as sent has reached the queue", lost.id, [lost.id]);
  }

  async settled(): Promise<void> {
    for (const once of this.#onces) this.#checkOnce(once);
    this.#checkLetters();
  }

  #checkOnce({ text, answer, person }: Once): void {
    const rows = this.#world.rows<{ id: string }>("SELECT id FROM posts WHERE text = ?", [text]);
    const isWrong = rows.length > 1 || (answer !== null && rows.length === 0);
    const detail = `"${text}" is there ${rows.length} times`;
    if (isWrong)
      this.#world.violate("what has a key is done once", detail, [person.id, ...rows.map(({ id }) => id)]);
  }

  #checkLetters(): void {
    const letters = this.#world.rows<{ payload: string; jobId: string; reason: string; attempts: number }>(
      "SELECT payload, job_id AS jobId, reason, attempts FROM dead_letters",
    );
    const isKept = (mark: string): boolean => letters.some(({ payload }) => payload.includes(mark));
    const unkept = [...this.#poison].find((mark) => !isKept(mark));
    if (unkept !== undefined) this.#world.violate("dead letters hold all that failed", unkept, [unkept]);
    const { lost, dead } = this.#world.queue;
    const gone = [...lost, ...dead].find(
      (body) => !isKept(JSON.stringify((body as { id?: string }).id ?? body)),
    );
    if (gone !== undefined) this.#world.violate("dead letters hold all that failed", JSON.stringify(gone));
    this.#checkVersions(letters);
  }

  /** What one version sends, the other does or leaves to it. */
  #checkVersions(letters: readonly { payload: string; reason: string; attempts: number }[]): void {
    const refused = letters.find(
      ({ payload, reason }) => payload.includes('"next":1') && reason.startsWith("invalid_input"),
    );
    if (refused !== undefined)
      this.#world.violate("versions take each other's jobs", `${refused.payload}: ${refused.reason}`);
    const undone = letters.find(
      ({ payload, attempts }) => payload.includes(NEXT_KIND) && attempts < DELIVERIES,
    );
    if (undone !== undefined)
      this.#world.violate("a new kind of job waits for its version", `${undone.payload}: ${undone.reason}`);
  }
}

/** Its first request is under way, or cannot be done now. */
function isToBeTriedAgain({ status, json }: Reply): boolean {
  return status === 503 || (status === 409 && (json as { code: string }).code === "conflict");
}
