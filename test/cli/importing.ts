import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCatalogue, type FakeCatalogue } from "./catalogue.ts";
import { vitrine, type Ran, type Surroundings } from "./command-line.ts";

/** A folder of files, and a service that takes what the command sends of them. */
export class Importing {
  readonly folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  readonly service: FakeCatalogue;

  private constructor(service: FakeCatalogue) {
    this.service = service;
  }

  static async open(): Promise<Importing> {
    return new Importing(await startCatalogue());
  }

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  run(file: string, args: readonly string[] = [], more: Surroundings = {}): Promise<Ran> {
    return vitrine(["import", file, "--url", this.service.url, "--key", "vk_test", ...args], more);
  }

  async close(): Promise<void> {
    await this.service.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function ndjson(count: number, fields: Record<string, unknown> = {}): string {
  return Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ id: `p${i}`, title: `Lamp ${i}`, ...fields })}\n`,
  ).join("");
}

export function rejectedLines(path: string): Record<string, unknown>[] {
  return readFileSync(`${path}.rejected.ndjson`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
