import type { PlantedBug } from "./bug.ts";

export const ANALYTICS_BUGS: readonly PlantedBug[] = [
  {
    name: "accepted-before-stored",
    job: "analytics",
    about: "events are stored after the response, which is cancelled or fails",
    edits: [
      {
        file: "services/events/record.ts",
        from: "  const stored = await storeEvents(deps.db, args);",
        to: `  const storing = storeEvents(deps.db, args);
  deps.lifetime.defer(storing.then(({ org }) => org !== null && requestFold(deps, org)));
  return events.map(() => "accepted");
  const stored = await storing;`,
      },
    ],
  },
  {
    name: "fold-drops-all",
    job: "analytics",
    about:
      "a fold drops every batch of the organisation, also those that came after it had looked which there are",
    edits: [
      {
        file: "db/queries/fold-statements.ts",
        from: "return sql`DELETE FROM ${eventBatches} AS b WHERE ${batchesOf(args)}`;",
        to: "return sql`DELETE FROM ${eventBatches} AS b WHERE b.org = ${args.org}`;",
      },
    ],
  },
  {
    name: "answers-of-another",
    job: "analytics",
    about: "kept answers have keys without the organisation",
    edits: [
      {
        file: "services/analytics/answers.ts",
        from: "const key = `answer|${question.org}|${question.name}|${question.query}`;",
        to: "const key = `answer|${question.name}|${question.query}`;",
      },
    ],
  },
  {
    name: "answers-by-time",
    job: "analytics",
    about:
      "the data centre's answers are taken for five minutes, whatever version the organisation stands at",
    edits: [
      {
        file: "services/analytics/answers.ts",
        from: "  remember(ctx, key, found);\n  return currentAnswer(ctx, question.org, key);",
        to: '  remember(ctx, key, found);\n  return { ...found.value, cache: "hit" };',
      },
    ],
  },
];
