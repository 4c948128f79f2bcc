import { record, type Api } from "../api.ts";
import { drawLandscape } from "../demo/community/pictures.ts";
import { patiently } from "../patience.ts";

/** At once, so that all are up before the first of them is worked on. */
const CONCURRENCY = 10;

/** Draws so many pictures and uploads them for the organisation; their ids, the same for the same seed. */
export async function sendPictures(
  shop: Api,
  { seed, count, signal }: { seed: number; count: number; signal: AbortSignal },
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += CONCURRENCY) {
    const numbers = Array.from({ length: Math.min(CONCURRENCY, count - from) }, (_, i) => from + i);
    const drawn = numbers.map((number) => drawLandscape(seed * 1_000 + number));
    ids.push(
      ...(await Promise.all(drawn.map((bytes, i) => send(shop, bytes, { number: numbers[i], signal })))),
    );
  }
  return ids;
}

async function send(
  shop: Api,
  bytes: Uint8Array<ArrayBuffer>,
  { number, signal }: { number: number; signal: AbortSignal },
): Promise<string> {
  const attempt = () =>
    shop.call({
      method: "POST",
      path: "/v1/images",
      query: { file_name: `evening-${number + 1}.png` },
      source: { stream: new Blob([bytes]).stream(), bytes: bytes.length },
      headers: { "Content-Type": "image/png" },
      signal,
    });
  return String(record(await patiently(attempt, { signal, onRetry: () => undefined })).id);
}
