import type { Deps } from "../../deps.ts";

/** A part that has not answered by then is left out. */
const PART_MS = 3_000;

/** What an operator sees must not wait for what is away: `null` where it fails or takes too long, with a line in the log. */
export async function partOrNull<T>(
  ctx: Pick<Deps, "log">,
  part: string,
  read: () => Promise<T>,
): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${PART_MS} ms`)), PART_MS);
  });
  try {
    return await Promise.race([read(), late]);
  } catch (error) {
    ctx.log.warn("metrics_not_read", { part, error: String(error) });
    return null;
  } finally {
    clearTimeout(timer);
  }
}
