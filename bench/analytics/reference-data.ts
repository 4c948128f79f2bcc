import { createReadStream, createWriteStream, existsSync, mkdirSync } from "node:fs";
import type { WriteStream } from "node:fs";
import { once } from "node:events";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { benchState } from "../deployment.ts";
import { runPython } from "../reference.ts";

/** What the generator of the reference wrote at full scale: organisation 1 is the large one. */
export const SCALE = "full";

export interface Expected {
  logins: number;
  pageViews: number;
  /** Milliseconds since the epoch of the newest event of any kind; 0 for none. */
  lastActivity: number;
}

/** One organisation of the generator as files that the command line imports. */
export interface Tenant {
  id: number;
  usersFile: string;
  eventsFile: string;
}

export interface ReferenceData {
  tenants: Tenant[];
  /** By the generator's user id, of all organisations. */
  expected: Map<string, Expected>;
  events: number;
}

async function* rowsOf(file: string): AsyncGenerator<string[]> {
  let isHeader = true;
  // Names of the generator hold neither commas nor quotes.
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!isHeader) yield line.split(",");
    isHeader = false;
  }
}

async function write(stream: WriteStream, line: string): Promise<void> {
  if (!stream.write(line)) await once(stream, "drain");
}

/** Generates the reference's data and loads its databases, unless that was done; answers the data's folder. */
export async function prepareReference(folder: string, scale = SCALE): Promise<string> {
  const data = join(benchState(), "reference/data", scale);
  if (!existsSync(join(data, "activities.csv"))) {
    await runPython(folder, ["gen/gen.py", "--scale", scale, "--only", "dashboard", "--out", data]);
  }
  await runPython(folder, ["dashboard.py", "--scale", scale, "--part", "load"]);
  return data;
}

class Converter {
  readonly #folder: string;
  readonly #orgOf = new Map<string, number>();
  readonly #streams = new Map<number, { users: WriteStream; events: WriteStream }>();
  readonly expected = new Map<string, Expected>();
  events = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  tenant(id: number): Tenant {
    const at = (name: string) => join(this.#folder, `org-${id}.${name}.csv`);
    return { id, usersFile: at("users"), eventsFile: at("events") };
  }

  #streamsOf(id: number) {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    const { usersFile, eventsFile } = this.tenant(id);
    const opened = { users: createWriteStream(usersFile), events: createWriteStream(eventsFile) };
    opened.users.write("id,name\n");
    opened.events.write("id,type,user_id,at,path\n");
    this.#streams.set(id, opened);
    return opened;
  }

  async user(id: string, org: number, name: string): Promise<void> {
    this.#orgOf.set(id, org);
    this.expected.set(id, { logins: 0, pageViews: 0, lastActivity: 0 });
    await write(this.#streamsOf(org).users, `${id},${name}\n`);
  }

  async event(id: string, type: string, user: string, at: string, path = ""): Promise<void> {
    const org = this.#orgOf.get(user);
    const counters = this.expected.get(user);
    if (org === undefined || counters === undefined) throw new Error(`The generator knows no user ${user}`);
    this.events++;
    if (type === "login") counters.logins++;
    if (type === "page_view") counters.pageViews++;
    counters.lastActivity = Math.max(counters.lastActivity, Number(at));
    const time = new Date(Number(at)).toISOString();
    await write(this.#streamsOf(org).events, `${id},${type},${user},${time},${path}\n`);
  }

  async finish(): Promise<Tenant[]> {
    for (const { users, events } of this.#streams.values()) {
      users.end();
      events.end();
      await Promise.all([once(users, "finish"), once(events, "finish")]);
    }
    return [...this.#streams.keys()].sort((a, b) => a - b).map((id) => this.tenant(id));
  }
}

/** The generator's tables as files for the import, and what a right answer says of each user. */
export async function convertReference(data: string): Promise<ReferenceData> {
  const folder = join(
    benchState(),
    data.endsWith("full") ? "reference-events" : `reference-events-${basename(data)}`,
  );
  mkdirSync(folder, { recursive: true });
  const converter = new Converter(folder);
  for await (const [id, org, name] of rowsOf(join(data, "users.csv")))
    await converter.user(id, Number(org), name);
  for await (const [id, user, at] of rowsOf(join(data, "logins.csv")))
    await converter.event(`l${id}`, "login", user, at);
  for await (const [id, user, path, at] of rowsOf(join(data, "page_views.csv")))
    await converter.event(`v${id}`, "page_view", user, at, path);
  for await (const [id, user, , at] of rowsOf(join(data, "activities.csv")))
    await converter.event(`a${id}`, "activity", user, at);
  return { tenants: await converter.finish(), expected: converter.expected, events: converter.events };
}
