import type { Client } from "../mixed/client.ts";
import { kindPicker } from "../mixed/mix.ts";
import type { Kind } from "../mixed/mix.ts";
import type { Random } from "../random.ts";

/** As many as keep one thread busy, and far fewer than it takes to be refused. */
const CONNECTIONS = 12;
const WARM_PART = 0.3;

/** Requests a second that a deployment answers to a closed loop of few clients. Throws where one is not answered. */
export async function capacityOf(
  kinds: readonly Kind[],
  client: Client,
  { seconds, random }: { seconds: number; random: Random },
): Promise<number> {
  const nextKind = kindPicker(random, kinds);
  const begun = performance.now();
  const warm = begun + seconds * 1_000 * WARM_PART;
  const until = begun + seconds * 1_000;
  let counted = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      const { route, next } = nextKind();
      const { status } = await client.send(next());
      if (status >= 500) throw new Error(`${route} answers ${status} below the capacity`);
      if (performance.now() >= warm) counted++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return counted / ((until - warm) / 1_000);
}
