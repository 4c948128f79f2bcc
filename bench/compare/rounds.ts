import { closedLoad } from "../load-client.ts";
import type { ClosedLoad } from "../load-client.ts";
import { median } from "../statistics.ts";
import type { Contender } from "./contenders.ts";

export interface RoundPlan {
  rounds: number;
  seconds: number;
}

/** Medians of the rounds. */
export interface Result extends Omit<Contender, "request" | "port" | "total" | "connections"> {
  connections: number;
  rps: number;
  p50_ms: number;
  p99_ms: number | null;
  bytes_mean: number;
  errors: number;
  rounds: ClosedLoad[];
}

const CONNECTIONS = [1, 32];
const WARM_REQUESTS = 600;

function summary(contender: Contender, connections: number, rounds: ClosedLoad[]): Result {
  const { job, name, isOurs, step } = contender;
  const p99s = rounds.flatMap(({ p99_ms }) => p99_ms ?? []);
  return {
    job,
    name,
    isOurs,
    step,
    connections,
    rounds,
    rps: median(rounds.map(({ rps }) => rps)),
    p50_ms: median(rounds.map(({ p50_ms }) => p50_ms)),
    p99_ms: p99s.length === 0 ? null : median(p99s),
    bytes_mean: median(rounds.map(({ bytes_mean }) => bytes_mean)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
  };
}

async function warm({ port, request, total }: Contender): Promise<void> {
  if (total === undefined) await closedLoad({ port, request, connections: 8, total: WARM_REQUESTS });
}

async function once(contender: Contender, connections: number, seconds: number): Promise<ClosedLoad> {
  const { port, request, total } = contender;
  return closedLoad({ port, request, connections, ...(total === undefined ? { seconds } : { total }) });
}

/** Each in turn, in the other direction every other round, so that what drifts falls on all alike. */
export async function runRounds(
  contenders: readonly Contender[],
  { rounds, seconds }: RoundPlan,
): Promise<Result[]> {
  const taken = new Map<string, { contender: Contender; connections: number; loads: ClosedLoad[] }>();
  for (const contender of contenders) await warm(contender);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) {
      for (const connections of contender.connections ?? CONNECTIONS) {
        const key = `${contender.name} ${connections}`;
        const entry = taken.get(key) ?? { contender, connections, loads: [] };
        entry.loads.push(await once(contender, connections, seconds));
        taken.set(key, entry);
        const { p50_ms, rps, errors } = entry.loads[entry.loads.length - 1];
        const numbers = `${p50_ms.toFixed(2)} ms, ${rps.toFixed(1)}/s${errors > 0 ? `, ${errors} errors` : ""}`;
        console.error(`${contender.job}, round ${round + 1}: ${contender.name} × ${connections}: ${numbers}`);
      }
    }
  }
  return [...taken.values()].map(({ contender, connections, loads }) =>
    summary(contender, connections, loads),
  );
}
