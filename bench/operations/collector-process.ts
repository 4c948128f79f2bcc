import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A collector that reads what comes and forgets it; prints its URL. */
const server = createServer((request, response) => {
  request.resume().on("end", () => response.end("{}"));
});
server.listen(0, "127.0.0.1", () => {
  // Sound: it listens on a port.
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`);
});
process.on("disconnect", () => process.exit(0));
