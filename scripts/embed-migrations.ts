import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sha256Hex } from "../src/domain/digest.ts";
import type { Migration } from "../src/db/migration.ts";

interface Journal {
  entries: { when: number; tag: string }[];
}

const folder = new URL("../drizzle/", import.meta.url);
const target = new URL("../src/db/migrations.ts", import.meta.url);

/** The migrations of drizzle/, in order, as src/db/migrations.ts holds them for runtimes without a file system. */
export async function readMigrations(): Promise<Migration[]> {
  const journal = JSON.parse(readFileSync(new URL("meta/_journal.json", folder), "utf8")) as Journal;
  return Promise.all(
    journal.entries.map(async ({ when, tag }) => {
      const sql = readFileSync(new URL(`${tag}.sql`, folder), "utf8");
      const statements = sql.split("--> statement-breakpoint").map((statement) => statement.trim());
      return { tag, createdAt: when, hash: await sha256Hex(sql), statements: statements.filter(Boolean) };
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const migrations = await readMigrations();
  const head = `// Written by scripts/embed-migrations.ts from drizzle/: do not edit.\nimport type { Migration } from "./migration.ts";\n`;
  writeFileSync(
    target,
    `${head}\nexport const MIGRATIONS: readonly Migration[] = ${JSON.stringify(migrations, null, 2)};\n`,
  );
  const oxfmt = fileURLToPath(new URL("../node_modules/.bin/oxfmt", import.meta.url));
  execFileSync(oxfmt, [fileURLToPath(target)], { stdio: "ignore" });
  console.log(`Wrote ${migrations.length} migrations to src/db/migrations.ts`);
}
