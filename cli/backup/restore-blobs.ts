import { join } from "node:path";
import { sha256OfKey } from "../../src/domain/kept-blob.ts";
import { readBlobList } from "./blob-list.ts";
import { sendBlob, storedKeys, type Store } from "./blob-store.ts";
import { openFile } from "./database.ts";
import { DATABASE_FILE } from "./manifest.ts";
import { waitingOriginals } from "./references.ts";

const AT_ONCE = 4;

export interface SendOptions extends Store {
  onBlob: (done: number) => void;
}

/**
 * Puts the backup's blobs into the deployment's store but for those that lie there: the index and what jobs wait for first,
 * as the service may ask for them at once. Answers how many it sent.
 */
export async function restoreBlobs(options: SendOptions): Promise<number> {
  const there = new Set<string>();
  for await (const key of storedKeys(options)) if (sha256OfKey(key) !== null) there.add(key);
  const urgent = await urgentKeys(options.folder);
  let done = 0;
  let sent = 0;
  const send = async (key: string): Promise<void> => {
    if (!there.has(key)) {
      await sendBlob(options, key);
      sent++;
    }
    options.onBlob(++done);
  };
  for (const isFirst of [true, false])
    await sendSome(
      chosenKeys(options.folder, (key) => urgent(key) === isFirst),
      send,
    );
  return sent;
}

async function urgentKeys(folder: string): Promise<(key: string) => boolean> {
  const database = openFile(join(folder, DATABASE_FILE));
  try {
    const waiting = await waitingOriginals(database);
    return (key) => key.startsWith("index/") || waiting.has(key);
  } finally {
    database.close();
  }
}

async function* chosenKeys(folder: string, isChosen: (key: string) => boolean): AsyncGenerator<string> {
  for await (const { key } of readBlobList(folder)) if (isChosen(key)) yield key;
}

async function sendSome(keys: AsyncGenerator<string>, send: (key: string) => Promise<void>): Promise<void> {
  const work = async (): Promise<void> => {
    for await (const key of keys) await send(key);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
