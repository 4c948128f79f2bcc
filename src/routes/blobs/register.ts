import type { App } from "../openapi.ts";
import { registerListBlobs } from "./list-blobs.ts";
import { registerReadBlob } from "./read-blob.ts";
import { registerWriteBlob } from "./write-blob.ts";

export function registerBlobRoutes(app: App): void {
  registerListBlobs(app);
  registerReadBlob(app);
  registerWriteBlob(app);
}
