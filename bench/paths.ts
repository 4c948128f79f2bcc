import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const RESULTS = fileURLToPath(new URL("results/", import.meta.url));

/** Folder of the real catalogue and the judgments: `VITRINE_DATA`, else `../shared/data`; `null` where it is absent. */
export function dataFolder(): string | null {
  const folder = process.env.VITRINE_DATA ?? `${ROOT}../shared/data`;
  return existsSync(folder) ? folder : null;
}

/** Folder of the reference servers: `VITRINE_REFERENCE`, else `../shared/reference`; `null` where it is absent. */
export function referenceFolder(): string | null {
  const folder = process.env.VITRINE_REFERENCE ?? `${ROOT}../shared/reference`;
  return existsSync(folder) ? folder : null;
}
