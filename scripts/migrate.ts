import { createClient } from "@libsql/client";
import { migrate } from "../src/db/migrate.ts";

const url = process.env.TURSO_DATABASE_URL;
if (url === undefined || url === "") {
  console.error(
    "Set TURSO_DATABASE_URL (and TURSO_AUTH_TOKEN) to the database to migrate, for example file:local.db",
  );
  process.exit(2);
}

const client = createClient({ url, authToken: process.env.TURSO_AUTH_TOKEN });
try {
  const applied = await migrate(client);
  console.log(applied.length === 0 ? "The schema is up to date" : `Applied ${applied.join(", ")}`);
} catch (error) {
  console.error(`Cannot migrate ${url}:`, error);
  process.exitCode = 1;
} finally {
  client.close();
}
