import type { ByteReader } from "./byte-reader.ts";

// As much as the largest body that any route takes, and no longer than a client may wait for its refusal.
const MAX_BYTES = 104_857_600;
const MAX_MS = 2_000;

type Reader = Pick<ByteReader, "read" | "cancel">;

/**
 * Reads what is left of a refused body and drops it, within bounds. A server that answers and stops reading resets the
 * connection, and a client that is still sending then never sees why it was refused. `pending` is the read under way:
 * workerd's streams take one at a time.
 */
export async function drain(reader: Reader, pending: Promise<unknown> = Promise.resolve()): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_MS);
  });
  const stop = { now: false };
  const rest = pending.then(() => readOn(reader, stop));
  // It fails where the client is gone: nobody waits for the answer then.
  await Promise.race([rest.catch(() => undefined), late]);
  stop.now = true;
  clearTimeout(timer);
  reader.cancel().catch(() => undefined);
}

async function readOn(reader: Reader, stop: { readonly now: boolean }): Promise<void> {
  let bytes = 0;
  while (bytes < MAX_BYTES && !stop.now) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value?.byteLength ?? 0;
  }
}
