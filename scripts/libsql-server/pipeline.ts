import type { Connection } from "./connection.ts";
import { HranaError, encodeError } from "./protocol.ts";
import type {
  PipelineBody,
  StreamRequest,
  WireBatch,
  WireCondition,
  WireError,
  WireResult,
  WireStatement,
} from "./protocol.ts";
import type { Stream, Streams } from "./streams.ts";
import type { WriteQueue } from "./write-queue.ts";

interface BatchState {
  results: (WireResult | null)[];
  errors: (WireError | null)[];
}

/** Runs the requests of one pipeline in order, each answered by itself; the stream lives on unless one closes it. */
export async function runPipeline(streams: Streams, queue: WriteQueue, body: PipelineBody): Promise<object> {
  const stream = streams.take(body.baton);
  const results: object[] = [];
  try {
    for (const request of body.requests) {
      try {
        results.push({ type: "ok", response: await runRequest(stream, queue, request) });
      } catch (error) {
        results.push({ type: "error", error: encodeError(error) });
      }
    }
  } catch (error) {
    streams.release(stream);
    throw error;
  }
  const closed = body.requests.some(({ type }) => type === "close");
  if (closed) streams.release(stream);
  return { baton: closed ? null : streams.park(stream), base_url: null, results };
}

async function runRequest(stream: Stream, queue: WriteQueue, request: StreamRequest): Promise<object> {
  const { connection, texts } = stream;
  switch (request.type) {
    case "execute":
      return { type: request.type, result: await execute(stream, queue, request.stmt) };
    case "batch":
      return { type: request.type, result: await runBatch(stream, queue, request.batch) };
    case "sequence": {
      const sql = textOf(texts, request);
      await queue.run(connection, () => connection.executeAll(sql));
      return { type: request.type };
    }
    case "describe":
      return { type: request.type, result: connection.describe(textOf(texts, request)) };
    case "store_sql":
      texts.set(request.sql_id, request.sql);
      return { type: request.type };
    case "close_sql":
      texts.delete(request.sql_id);
      return { type: request.type };
    case "get_autocommit":
      return { type: request.type, is_autocommit: !connection.inTransaction };
    case "close":
      return { type: request.type };
    default:
      request satisfies never;
      throw new HranaError(`The request ${JSON.stringify(request)} is of no known type`, "HRANA_PROTO_ERROR");
  }
}

function execute(
  { connection, texts }: Stream,
  queue: WriteQueue,
  statement: WireStatement,
): Promise<WireResult> {
  const sql = textOf(texts, statement);
  return queue.run(connection, () => connection.execute(sql, statement));
}

async function runBatch(stream: Stream, queue: WriteQueue, batch: WireBatch): Promise<object> {
  const state: BatchState = { results: [], errors: [] };
  for (const { stmt, condition } of batch.steps) {
    let result: WireResult | null = null;
    let failure: WireError | null = null;
    try {
      if (holds(condition, state, stream.connection)) result = await execute(stream, queue, stmt);
    } catch (error) {
      failure = encodeError(error);
    }
    state.results.push(result);
    state.errors.push(failure);
  }
  return { step_results: state.results, step_errors: state.errors };
}

function holds(
  condition: WireCondition | null | undefined,
  state: BatchState,
  connection: Connection,
): boolean {
  if (condition === null || condition === undefined) return true;
  switch (condition.type) {
    case "ok":
      return (state.results[condition.step] ?? null) !== null;
    case "error":
      return (state.errors[condition.step] ?? null) !== null;
    case "not":
      return !holds(condition.cond, state, connection);
    case "and":
      return condition.conds.every((each) => holds(each, state, connection));
    case "or":
      return condition.conds.some((each) => holds(each, state, connection));
    case "is_autocommit":
      return !connection.inTransaction;
    default:
      condition satisfies never;
      throw new HranaError("The condition is of no known type", "HRANA_PROTO_ERROR");
  }
}

function textOf(
  texts: ReadonlyMap<number, string>,
  from: { sql?: string | null; sql_id?: number | null },
): string {
  if (typeof from.sql === "string") return from.sql;
  const text = typeof from.sql_id === "number" ? texts.get(from.sql_id) : undefined;
  if (text === undefined) throw new HranaError(`The SQL text ${from.sql_id} is not stored`, "SQL_NOT_FOUND");
  return text;
}
