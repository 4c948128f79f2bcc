import { wholeNumber, type Command, type Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { duration, grouped, printFields } from "../output.ts";
import { openDemoOrg, type DemoOrg } from "../seed/demo-org.ts";
import { makeDemoPeople, type MadePeople } from "../seed/demo-people.ts";

const USERS = 400;

export const seed: Command = {
  name: "seed",
  summary: "Fill the organisation “demo” with made-up products, users and visits, and people who may sign in",
  usage: "[--count N] [--events N] [--seed N] [--key-file FILE] [--password-file FILE]",
  help: [
    ["--count N", "How many products; 2000 by default, 0 for none"],
    [
      "--events N",
      "How many events of 13 months up to now; 150000 by default, 0 for none.\nCalled again, it adds what came since",
    ],
    ["--seed N", "Another number makes others; 1 by default"],
    ["--no-people", "Make no accounts (needs the operator's key otherwise)"],
    ["--key-file FILE", "Where to read the organisation's key, and to keep one that is created"],
    [
      "--password-file FILE",
      "The same for the people's password (else VITRINE_DEMO_PASSWORD, else a new one)",
    ],
    ["--quiet", "No progress"],
  ],
  options: {
    count: { type: "string" },
    events: { type: "string" },
    seed: { type: "string" },
    "no-people": { type: "boolean" },
    "key-file": { type: "string" },
    "password-file": { type: "string" },
    quiet: { type: "boolean" },
  },
  words: [0, 0],
  async run(invocation) {
    const amounts = {
      products: wholeNumber(invocation, "count", 2_000, [0, 1_000_000]),
      events: wholeNumber(invocation, "events", 150_000, [0, 20_000_000]),
      users: USERS,
      seed: wholeNumber(invocation, "seed", 1, [0, 2 ** 31]),
      until: Date.now(),
    };
    const started = performance.now();
    const demo = await openDemoOrg(invocation);
    const isPeopled = demo.operator !== null && !invocation.flag("no-people");
    const people =
      isPeopled && demo.operator !== null ? await makeDemoPeople(invocation, demo.operator, demo.org) : null;
    // The tables of names and words are large: other commands start without them.
    const { lastVisit, loadDemoData } = await import("../seed/demo-data.ts");
    const since = amounts.events === 0 ? 0 : await lastVisit(demo);
    const { products, users, events } = await loadDemoData(invocation, demo, { ...amounts, since });
    const seconds = (performance.now() - started) / 1_000;
    const rejected = products.rejected + users.rejected + events.rejected;
    const taken = {
      accepted: products.accepted,
      rejected,
      users: users.accepted,
      events: events.accepted,
      seconds,
    };
    if (invocation.flag("json")) printJson(invocation, demo, people, taken);
    else printText(invocation, demo, people, taken);
    return rejected === 0 ? EXIT.ok : EXIT.rejected;
  },
};

interface Taken {
  /** Products. */
  accepted: number;
  rejected: number;
  users: number;
  events: number;
  seconds: number;
}

function printJson(invocation: Invocation, demo: DemoOrg, people: MadePeople | null, taken: Taken): void {
  const isPasswordNew = people !== null && people.made.length > 0;
  printFields(invocation, {
    org: demo.org,
    ...taken,
    ...(demo.createdKey === null ? {} : { key: demo.createdKey }),
    people: people?.made.map(({ email, role }) => ({ email, role })) ?? [],
    ...(isPasswordNew ? { password: people.password } : {}),
  });
}

function printText(invocation: Invocation, demo: DemoOrg, people: MadePeople | null, taken: Taken): void {
  const { accepted, events, users, rejected, seconds } = taken;
  const rejections = rejected === 0 ? "" : `, ${grouped(rejected)} rejected (see demo-*.rejected.ndjson)`;
  const made = [
    ...(accepted > 0 || events === 0 ? [`${grouped(accepted)} demo products`] : []),
    ...(events > 0 ? [`${grouped(events)} events of ${grouped(users)} users`] : []),
  ];
  invocation.out(`${made.join(", ")}${rejections} in ${duration(seconds)}\n`);
  if (demo.createdKey !== null && invocation.text("key-file") === undefined)
    invocation.out(`Key of the organisation "${demo.org}": ${demo.createdKey}\n`);
  if (people === null || people.made.length === 0 || invocation.text("password-file") !== undefined) return;
  const emails = people.made.map(({ email, role }) => `${email} (${role})`).join(", ");
  invocation.out(`Sign in as ${emails}, password: ${people.password}\n`);
}
