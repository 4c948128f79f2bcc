import { readFileSync } from "node:fs";
import type { Deps } from "../../src/deps.ts";
import type { FileClient } from "../../src/platform/deno/file-client.ts";
import { MemoryBlobs } from "../../src/platform/memory/blobs.ts";
import { MemoryLog } from "../../src/platform/memory/log.ts";
import { MemoryMailer } from "../../src/platform/memory/mailer.ts";
import { TEST_CONFIG } from "../../src/platform/memory/open.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { ScryptPasswords } from "../../src/platform/memory/passwords.ts";
import { MemoryRateLimit } from "../../src/platform/memory/rate-limit.ts";
import type { QueueMessage } from "../../src/queue/message.ts";
import { NONE } from "./faults.ts";
import type { Faults } from "./faults.ts";
import { takeOver } from "./globals.ts";
import { Invocation } from "./invocation.ts";
import type { Place } from "./invocation.ts";
import { Kernel } from "./kernel.ts";
import { Machines } from "./machines.ts";
import type { Subject } from "./load-subject.ts";
import { SimBlobs } from "./ports/blobs.ts";
import { simClient } from "./ports/database.ts";
import { SimEdgeCache } from "./ports/edge-cache.ts";
import { KvStore, SimKv } from "./ports/kv.ts";
import { SimJobs, SimQueue } from "./ports/queue.ts";
import type { QueueName } from "./ports/queue.ts";
import { Receivers } from "./receivers.ts";
import { openCast, START } from "./template.ts";
import type { Cast } from "./template.ts";
import { NEXT_KIND } from "./versions.ts";

const ORIGIN = "https://shop.example";
const MINUTE = 60_000;
/** A consumer may take 15 minutes: developers.cloudflare.com/queues/platform/limits */
const CONSUMER_MS = 15 * MINUTE;

/** What a client has heard; `null` where it has heard nothing, and does not know what was done. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
  place: Place;
  life: number;
}

export interface Violation {
  invariant: string;
  detail: string;
  at: number;
  /** What to look for in the trace. */
  about: readonly string[];
}

const WASM = new URL("../../src/codec/image-codec.wasm", import.meta.url);
let codec: Promise<WebAssembly.Module> | undefined;

/**
 * The application in isolates of two data centres, over one database, one KV, one store and one queue, all as weak as the
 * platform lets them be.
 */
export class World {
  readonly kernel: Kernel;
  readonly database: FileClient;
  readonly cast: Cast;
  readonly subject: Subject;
  readonly queue: SimQueue;
  readonly receivers: Receivers;
  readonly blobs = new MemoryBlobs();
  readonly machines: Machines;
  readonly violations: Violation[] = [];
  /** Told of each write, by the names of its tables. */
  readonly observers: ((what: string) => void)[] = [];
  readonly deletions: ((keys: readonly string[], who: string) => void)[] = [];
  /** Numbers of the jobs that the next version has done of its own kind. */
  readonly nextDone = new Set<string>();
  faults: Faults;
  readonly #app: ReturnType<Subject["createApp"]>;
  readonly #kv = new KvStore();
  /** What all invocations have in common. */
  readonly #platform;
  readonly #close: () => void;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: unknown = null;
  #requests = 0;

  private constructor(
    { subject, seed, faults }: { subject: Subject; seed: number; faults: Faults },
    { cast, database, module, close }: Opened,
  ) {
    this.kernel = new Kernel(seed, START);
    this.subject = subject;
    this.faults = faults;
    this.cast = cast;
    this.database = database;
    this.receivers = new Receivers(this);
    const giveBack = takeOver(this.kernel, this.receivers.fetch);
    this.#close = () => {
      giveBack();
      close();
    };
    this.#app = subject.createApp();
    this.#platform = {
      config: TEST_CONFIG,
      codecModule: () => module,
      mailer: new MemoryMailer(),
      passwords: new ScryptPasswords({ n: 16, r: 1, p: 1 }),
      log: new MemoryLog(),
      metricsHub: new subject.MemoryMetricsHub({ now: () => Math.floor(this.kernel.now) }),
      close,
    };
    this.queue = new SimQueue(this, (name, batch) => this.#consume(name, batch));
    const newIsolate = () => subject.newIsolate({ now: () => Math.floor(this.kernel.now) });
    this.machines = new Machines(this, newIsolate);
    this.kernel.after(MINUTE / 2, () => this.#tickEachMinute());
  }

  static async open(options: { subject: Subject; seed: number; faults: Faults }): Promise<World> {
    const module = await (codec ??= WebAssembly.compile(readFileSync(WASM)));
    const { database, close, ...cast } = await openCast();
    return new World(options, { cast, database, module, close });
  }

  close(): void {
    this.#close();
  }

  get places(): readonly Place[] {
    return this.machines.places;
  }

  get now(): number {
    return this.kernel.now;
  }

  violate(invariant: string, detail: string, about: readonly string[] = []): void {
    this.kernel.note("VIOLATION", `${invariant}: ${detail}`);
    this.violations.push({ invariant, detail, at: this.kernel.now, about });
  }

  get isBroken(): boolean {
    return this.violations.length > 0;
  }

  pick<T>(all: readonly T[]): T {
    return this.kernel.random.pick(all);
  }

  /** What the database has now, beside everybody. */
  rows<T>(sql: string, args: readonly (string | number)[] = []): T[] {
    const read = (run: (statement: { sql: string; args: (string | number)[] }) => { rows: unknown }) =>
      run({ sql, args: [...args] }).rows;
    // Sound: the statement names what its rows have.
    return this.database.together(read, false) as T[];
  }

  /** Begins what a client does, beside all else. */
  begin(work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((error: unknown) => void (this.#failure ??= error))
      .finally(() => this.#inFlight.delete(running));
    this.#inFlight.add(running);
  }

  async run(ms: number): Promise<void> {
    await this.kernel.advance(ms, () => this.isBroken || this.#failure !== null);
    if (this.#failure !== null) throw this.#failure;
  }

  /** One request, in some isolate or in this one. */
  async request(
    path: string,
    init: RequestInit,
    place: Place = this.pick(this.places),
  ): Promise<Reply | null> {
    const method = init.method ?? "GET";
    const { life } = place;
    const invocation = new Invocation(this, place, `#${++this.#requests} ${method} ${path}`);
    await this.kernel.sleep(this.kernel.random.next() * 40);
    invocation.note("begins");
    const answered = this.#answer(invocation, new Request(`${ORIGIN}${path}`, init));
    const reply = await Promise.race([answered, invocation.cut]);
    const isLost = reply === null || this.kernel.random.chance(this.faults.answerLost);
    invocation.note(isLost ? "the client hears nothing" : `${reply.status}`);
    if (isLost) return null;
    const { status, headers, text } = reply;
    if (status >= 500 && status !== 503)
      this.violate("no 5xx but 503", `${method} ${path}: ${status} ${text}`);
    const isJson = headers.get("content-type")?.includes("json") === true;
    return { status, headers, text, json: isJson ? (JSON.parse(text) as unknown) : null, place, life };
  }

  async #answer(
    invocation: Invocation,
    request: Request,
  ): Promise<{ status: number; headers: Headers; text: string } | null> {
    if (!invocation.isAlive) return null;
    const response = await this.#app.fetch(request, this.deps(invocation));
    const text = await response.text();
    invocation.responded();
    return { status: response.status, headers: response.headers, text };
  }

  deps(invocation: Invocation): Deps {
    const { place } = invocation;
    const shared = { file: this.database, committed: (what: string) => this.#committed(what) };
    const clock = { now: () => Math.floor(this.kernel.now + place.skewMs) };
    const onDelete = (keys: readonly string[], who: string): void =>
      this.deletions.forEach((told) => told(keys, who));
    const weak = {
      ...this.#platform,
      clock,
      isolate: place.isolate,
      client: simClient(this, invocation, shared),
      kv: new SimKv(this, invocation, this.#kv),
      edgeCache: new SimEdgeCache(this, invocation),
      blobs: new SimBlobs(this, invocation, this.blobs, onDelete),
      jobs: new SimJobs(this, invocation, this.queue),
      rateLimit: new MemoryRateLimit(clock),
    };
    return this.subject.openMemoryDeps(asPlatform(weak), { lifetime: asLifetime(invocation) });
  }

  /** No faults any more: all that is under way ends, whatever the queue has is done, the clock's work too. */
  async quiesce(): Promise<void> {
    this.faults = NONE;
    for (const place of this.places) place.skewMs = 0;
    await this.run(2 * MINUTE);
    for (const place of this.places) this.machines.evict(place);
    for (let round = 0; round < 60 && (this.#inFlight.size > 0 || round === 0); round++)
      await this.run(MINUTE);
    if (this.#inFlight.size > 0 && !this.isBroken) throw new Error("What a client began never ends");
    await this.run(20 * MINUTE);
    for (let hours = 0; hours < 48 && (this.queue.open > 0 || this.#unsent() > 0); hours++) {
      if (this.isBroken) return;
      await this.run(20 * MINUTE);
    }
    if (this.queue.open > 0 && !this.isBroken)
      this.violate("the queue comes to rest", `${this.queue.open} messages after two days`);
  }

  #unsent(): number {
    return this.rows<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE sent_at IS NULL")[0].n;
  }

  #committed(what: string): void {
    for (const observe of this.observers) observe(what);
  }

  async #consume(name: QueueName, batch: readonly QueueMessage[]): Promise<void> {
    const place = this.pick(this.places);
    const label = `consumes ${batch.map(({ id, attempts }) => `${id}/${attempts}`).join(" ")}`;
    const invocation = new Invocation(this, place, label);
    this.kernel.after(CONSUMER_MS, () => invocation.kill("out of time"));
    invocation.note("delivered");
    const own = place.isNext ? batch.filter((message) => !this.#isNextsOwn(message)) : batch;
    const { consume, consumeDeadLetters } = this.subject;
    const work = (name === "dead" ? consumeDeadLetters : consume)(this.deps(invocation), own);
    await Promise.race([work, invocation.cut]);
    if (invocation.isAlive) invocation.responded();
  }

  /** What the version that is rolled out knows to do, and the present one does not. */
  #isNextsOwn({ body, ack }: QueueMessage): boolean {
    const { kind, id } = (body ?? {}) as Record<string, unknown>;
    if (kind !== NEXT_KIND) return false;
    this.nextDone.add(String(id));
    ack();
    return true;
  }

  #tickEachMinute(): void {
    this.kernel.after(MINUTE, () => this.#tickEachMinute());
    const { random } = this.kernel;
    const times = random.chance(this.faults.tickSkipped) ? 0 : random.chance(this.faults.tickTwice) ? 2 : 1;
    for (let i = 0; i < times; i++) this.#tick().catch((error: unknown) => (this.#failure ??= error));
  }

  async #tick(): Promise<void> {
    const invocation = new Invocation(this, this.pick(this.places), "tick");
    this.kernel.after(CONSUMER_MS, () => invocation.kill("out of time"));
    await Promise.race([this.subject.tick(this.deps(invocation)), invocation.cut]);
    if (invocation.isAlive) invocation.responded();
  }
}

interface Opened {
  cast: Cast;
  database: FileClient;
  module: WebAssembly.Module;
  close(): void;
}

/** Sound: these are the ports that the memory's twins stand for, and no test looks into them. */
function asPlatform(weak: object): MemoryPlatform {
  return weak as MemoryPlatform;
}

/** Sound: the application only defers. */
function asLifetime(invocation: Invocation): MemoryDeps["lifetime"] {
  return invocation as unknown as MemoryDeps["lifetime"];
}
