/** What the simulator runs: the entry of a bundle of the application, as it is or with a bug planted in it. */
export { createApp } from "../../src/app.ts";
export { openDatabase } from "../../src/db/client.ts";
export { byTimeline } from "../../src/db/queries/feed-skeleton-timeline.ts";
export { byIndex } from "../../src/db/queries/feed-skeleton.ts";
export { readFeed } from "../../src/db/queries/feed.ts";
export { newIsolate } from "../../src/platform/isolate.ts";
export { MemoryMetricsHub } from "../../src/platform/memory/metrics-hub.ts";
export { openMemoryDeps } from "../../src/platform/memory/open.ts";
export { newReceipt } from "../../src/ports/receipt.ts";
export { consume, consumeDeadLetters } from "../../src/queue/consumer.ts";
export { tick } from "../../src/queue/tick.ts";
