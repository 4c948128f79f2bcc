import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { JOB_COLUMNS, REQUEST_COLUMNS } from "../../src/domain/metrics/data-point.ts";
import { MemoryDataPoints } from "../../src/platform/memory/data-points.ts";
import { MemoryLog } from "../../src/platform/memory/log.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { WorkersDataPoints } from "../../src/platform/workers/data-points.ts";
import { consume } from "../../src/queue/consumer.ts";
import { openApp, type TestApp } from "../http/open-app.ts";
import { StrictDataset } from "./analytics-dataset.ts";
import { dataPointsContract } from "./contract/data-points.ts";

dataPointsContract("memory", () => {
  const points = new MemoryDataPoints();
  return { points, read: () => points.points };
});
dataPointsContract("Analytics Engine", () => {
  const dataset = new StrictDataset();
  return { points: new WorkersDataPoints(dataset, new MemoryLog()), read: () => dataset.points };
});

it("a dataset that refuses is a line in the log", () => {
  const log = new MemoryLog();
  const refuse = (): never => {
    throw new Error("no");
  };
  new WorkersDataPoints({ writeDataPoint: refuse }, log).write({ index: "i", texts: [], numbers: [] });
  expect(log.lines).toMatchObject([{ level: "warn", event: "data_point_not_written" }]);
});

describe("the application", () => {
  let t: TestApp;
  let dataPoints: MemoryDataPoints;
  beforeEach(async () => {
    t = await openApp();
    dataPoints = new MemoryDataPoints();
  });
  afterEach(() => t.platform.close());

  const named = (columns: readonly string[], values: readonly unknown[]) => {
    expect(values).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((column, i) => [column, values[i]]));
  };

  it("writes one point for a request, by its pattern", async () => {
    await t.call("/v1/products/secret?q=secret", {}, { dataPoints });
    expect(dataPoints.points).toHaveLength(1);
    const [{ index, texts, numbers }] = dataPoints.points;
    expect(index).toBe("/v1/products/:id");
    expect(named(REQUEST_COLUMNS.texts, texts)).toMatchObject({
      type: "request",
      method: "GET",
      route: "/v1/products/:id",
      status: "404",
    });
    expect(named(REQUEST_COLUMNS.numbers, numbers)).toMatchObject({ db_trips: 1, messages: 0 });
    expect(numbers[0]).toBeGreaterThan(0);
  });

  it("writes one point for each delivery of a job", async () => {
    await t.platform.jobs.send([{ id: "job_1", kind: "index.merge", payload: {} }]);
    await t.platform.jobs.drain((messages) => consume(openMemoryDeps(t.platform, { dataPoints }), messages));
    const [{ index, texts, numbers }] = dataPoints.points;
    expect(index).toBe("index.merge");
    expect(named(JOB_COLUMNS.texts, texts)).toEqual({ type: "job", kind: "index.merge", outcome: "done" });
    expect(named(JOB_COLUMNS.numbers, numbers)).toMatchObject({ age_ms: 0 });
  });

  it("needs no one who takes them", async () => {
    expect((await t.call("/healthz", {}, { dataPoints: null })).status).toBe(200);
  });
});
