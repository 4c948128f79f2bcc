import { pathToFileURL } from "node:url";
import { startLibsqlServer } from "./libsql-server/server.ts";

export { startLibsqlServer };
export type { LibsqlServer, LibsqlServerOptions } from "./libsql-server/server.ts";

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [file = "local.db", port = "8099"] = process.argv.slice(2);
  const server = await startLibsqlServer({ file, port: Number(port) });
  console.log(`libSQL serves "${file}" at ${server.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}
