import type { PlantedBug } from "./bug.ts";

export const SEARCH_BUGS: readonly PlantedBug[] = [
  {
    name: "segment-not-awaited",
    job: "search",
    about: "a segment is named before the store has taken it, and its upload fails",
    edits: [
      {
        file: "services/search/segments.ts",
        from: 'await ctx.blobs.put(key, bytes, "application/octet-stream");',
        to: 'void ctx.blobs.put(key, bytes, "application/octet-stream").catch(() => undefined);',
      },
    ],
  },
  {
    name: "overtaken-rebuild",
    job: "search",
    about:
      "a rebuild that merges overtook is newer, and isolates go on from where the merge had brought them",
    edits: [
      {
        file: "db/queries/index-state.ts",
        from: "CASE WHEN seq < ${at.baseSeq} THEN seq ELSE max(seq, ${at.seq}) END",
        to: "max(seq, ${at.seq})",
      },
    ],
  },
  {
    name: "tail-dropped",
    job: "search",
    about: "what an isolate held beside the old segments is dropped with them, though the new ones lack it",
    edits: [
      {
        file: "services/search/follow.ts",
        from: "const tail = [...held, ...changes];",
        to: "const tail = [...changes];",
      },
    ],
  },
  {
    name: "deletions-forgotten-early",
    job: "search",
    about:
      "tombstones go as soon as the newest generation has them, while an isolate still follows an older one",
    edits: [
      {
        file: "db/queries/index-state.ts",
        from: "SELECT min(min(seq), coalesce((${rebuilt}), min(seq))) FROM ${indexManifests}",
        to: "SELECT max(seq) FROM ${indexManifests}",
      },
    ],
  },
  {
    name: "never-degraded",
    job: "search",
    about: "an isolate that cannot reach the database does not say that it may be behind",
    edits: [
      {
        file: "services/search/current.ts",
        from: "return { snapshot, synonyms, version, degraded: stale || holder.behind };",
        to: "return { snapshot, synonyms, version, degraded: false };",
      },
    ],
  },
  {
    name: "checked-though-failed",
    job: "search",
    about: "an isolate notes that it has asked the database before the answer is there",
    edits: [
      {
        file: "services/search/follow.ts",
        from: "  const state = await readState(ctx, startedAt);",
        to: "  if (holder.snapshot !== null) holder.checkedAt = startedAt;\n  const state = await readState(ctx, startedAt);",
      },
    ],
  },
];
