import { wholeNumber, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { openDemoOrg } from "../seed/demo-org.ts";
import { makeDemoPeople } from "../seed/demo-people.ts";
import { printSeeded, rejectedOf } from "../seed/report.ts";

export const seed: Command = {
  name: "seed",
  summary:
    "Fill the organisation “demo” with made-up products, users and visits, and a community around them",
  usage:
    "[--scale small|full] [--count N] [--events N] [--people N] [--seed N] [--key-file FILE] [--password-file FILE]",
  help: [
    [
      "--scale SCALE",
      "small, the default: some seconds. full: 20,000 people who write 200,000 posts,\n10,000 products and a million events: some minutes. The others choose single amounts",
    ],
    ["--count N", "How many products; 0 for none"],
    [
      "--events N",
      "How many events of 13 months up to now; 0 for none.\nCalled again, it adds what came since",
    ],
    [
      "--people N",
      "How many people in the community, who write posts up to now; 0 for none.\nCalled again, it adds what came since",
    ],
    ["--seed N", "Another number makes others; 1 by default"],
    ["--no-people", "Make no accounts and no community (they need the operator's key)"],
    ["--key-file FILE", "Where to read the organisation's key, and to keep one that is created"],
    [
      "--password-file FILE",
      "The same for the people's password (else VITRINE_DEMO_PASSWORD, else a new one)",
    ],
    ["--quiet", "No progress"],
  ],
  options: {
    scale: { type: "string" },
    count: { type: "string" },
    events: { type: "string" },
    people: { type: "string" },
    seed: { type: "string" },
    "no-people": { type: "boolean" },
    "key-file": { type: "string" },
    "password-file": { type: "string" },
    quiet: { type: "boolean" },
  },
  words: [0, 0],
  async run(invocation) {
    // The tables of names, words and phrases are large: other commands start without them.
    const { scaleOf } = await import("../seed/scale.ts");
    const { lastVisit, loadDemoData } = await import("../seed/demo-data.ts");
    const { loadCommunity } = await import("../seed/community.ts");
    const { community: size, ...amounts } = scaleOf(invocation);
    const random = { seed: wholeNumber(invocation, "seed", 1, [0, 2 ** 31]), until: Date.now() };
    const started = performance.now();
    const demo = await openDemoOrg(invocation);
    const { operator, org, api: shop } = demo;
    const isPeopled = operator !== null && !invocation.flag("no-people");
    const people = isPeopled ? await makeDemoPeople(invocation, operator, org) : null;
    const since = amounts.events === 0 ? 0 : await lastVisit(demo);
    const data = await loadDemoData(invocation, demo, { ...amounts, ...random, since });
    const isSocial = isPeopled && size !== null;
    const community = isSocial
      ? await loadCommunity(invocation, { operator, shop, org }, { size, ...random })
      : null;
    const seconds = (performance.now() - started) / 1_000;
    printSeeded(invocation, { demo, people, data, community, seconds });
    return rejectedOf(data) === 0 ? EXIT.ok : EXIT.rejected;
  },
};
