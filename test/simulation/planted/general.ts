import type { PlantedBug } from "./bug.ts";

export const GENERAL_BUGS: readonly PlantedBug[] = [
  {
    name: "outbox-marked-first",
    job: "images",
    about: "jobs are marked as sent before the queue has them, and the queue refuses",
    edits: [
      {
        file: "services/outbox.ts",
        from: "  await ctx.jobs.send(jobs);\n  const now = ctx.clock.now();\n  await markJobsSent(ctx.db, { ids: jobs.map(({ id }) => id), now, forgetBefore: now - KEPT_MS });",
        to: "  const now = ctx.clock.now();\n  await markJobsSent(ctx.db, { ids: jobs.map(({ id }) => id), now, forgetBefore: now - KEPT_MS });\n  await ctx.jobs.send(jobs);",
      },
    ],
  },
  {
    name: "writes-tried-twice",
    job: "feed",
    about: "a write whose answer was lost is made again by the client of the database",
    edits: [
      {
        file: "platform/guarded/database-client.ts",
        from: "return guard.run({ work, isRepeatable });",
        to: "return guard.run({ work, isRepeatable: true });",
      },
    ],
  },
  {
    name: "busy-is-a-fault",
    job: "feed",
    about: "a database that is busy is a 500",
    edits: [{ file: "db/client.ts", from: "SQLITE_(?:BUSY|LOCKED|", to: "SQLITE_(?:LOCKED|" }],
  },
  {
    name: "cut-off-is-a-fault",
    job: "search",
    about: "an answer of the database that ends in the middle is a 500",
    edits: [{ file: "db/client.ts", from: "    error instanceof SyntaxError ||\n", to: "" }],
  },
  {
    name: "key-of-everybody",
    job: "general",
    about: "idempotency keys of two people meet",
    edits: [
      {
        file: "services/idempotency/replay.ts",
        from: "return `user:${actor.userId}`;",
        to: 'return "user";',
      },
    ],
  },
  {
    name: "key-forgotten",
    job: "general",
    about: "a request with a key that died, or whose answer was lost, is another one when it comes again",
    edits: [
      {
        file: "domain/ids.ts",
        from: "  if (once === undefined) return newId(prefix, clock);",
        to: "  if (once === undefined || once.at < clock.now()) return newId(prefix, clock);",
      },
    ],
  },
  {
    name: "poison-dropped",
    job: "general",
    about: "what no handler can do anything with is acknowledged and not kept",
    edits: [
      {
        file: "queue/consumer.ts",
        from: "  if (isPoison || attempts >= MAX_DELIVERIES) return bury",
        to: '  if (isPoison) {\n    message.ack();\n    return "failed";\n  }\n  if (attempts >= MAX_DELIVERIES) return bury',
      },
    ],
  },
  {
    name: "letters-acknowledged-first",
    job: "general",
    about: "a dead letter is acknowledged before it is kept, and the database does not answer",
    edits: [
      {
        file: "queue/consumer.ts",
        from: "  try {\n    const isWaiting = await keepDeadLetter",
        to: "  message.ack();\n  try {\n    const isWaiting = await keepDeadLetter",
      },
    ],
  },
  {
    name: "strict-jobs",
    job: "analytics",
    about: "a job with a field that the next version adds is refused by the present one",
    edits: [
      {
        file: "queue/job.ts",
        from: "  const fields: Record<string, string | number> = {};",
        to: `  const known = /^(?:org|post|reader|one|other|sha256|delivery|build|user|year|month|from|to|after|day)$/;
  const strange = Object.keys(payload).find((name) => !known.test(name));
  if (strange !== undefined) throw new AppError("invalid_input", \`The job "\${id}" has a field "\${strange}"\`);
  const fields: Record<string, string | number> = {};`,
      },
    ],
  },
];
