import { record, type Api } from "../api.ts";

type Image = Readonly<Record<string, unknown>>;

/** Fewer files are sent sooner than it is asked what is there. */
const MIN_FILES = 20;
const MAX_IMAGES = 20_000;

/** What the service has already, by SHA-256, so that an interrupted upload goes on where it was; the newest of them. */
export async function knownImages(
  api: Api,
  org: string | undefined,
  fileCount: number,
): Promise<ReadonlyMap<string, Image>> {
  const known = new Map<string, Image>();
  if (fileCount < MIN_FILES) return known;
  for await (const item of api.list("/v1/images", { org })) {
    const image = record(item);
    if (typeof image.sha256 === "string" && image.status !== "failed") known.set(image.sha256, image);
    if (known.size >= MAX_IMAGES) break;
  }
  return known;
}
