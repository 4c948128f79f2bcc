import type { Client } from "../mixed/client.ts";
import { kindPicker } from "../mixed/mix.ts";
import type { Kind } from "../mixed/mix.ts";
import type { Random } from "../random.ts";
import { mean } from "../statistics.ts";

/** Milliseconds that an answer of each route takes where nothing else is asked for. */
export type Costs = ReadonlyMap<string, number>;

function totalMs(serverTiming: string | string[] | undefined): number {
  return Number(/(?:^|, )total;dur=([\d.]+)/.exec(String(serverTiming))?.[1]);
}

/** One request after the other; by what the server says of its own time. Throws where it says nothing. */
export async function costsOf(
  kinds: readonly Kind[],
  client: Client,
  { seconds, random }: { seconds: number; random: Random },
): Promise<Costs> {
  const nextKind = kindPicker(random, kinds);
  const times = new Map<string, number[]>(kinds.map(({ route }) => [route, []]));
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const { route, next } = nextKind();
    const asked = next();
    const answer = await client.send(asked);
    if (answer.status < 300) asked.onAnswer?.(answer);
    times.get(route)?.push(totalMs(answer.headers["server-timing"]));
  }
  const costs = new Map([...times].map(([route, all]) => [route, mean(all)]));
  for (const [route, cost] of costs)
    if (!Number.isFinite(cost)) throw new Error(`There is no time of ${route}`);
  return costs;
}
