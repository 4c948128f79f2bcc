import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the profile has to find: most of the time of each request. It calls itself, so it cannot vanish by inlining. */
function burnTree(depth: number): number {
  return depth < 2 ? depth : burnTree(depth - 1) + burnTree(depth - 2);
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/limited") response.writeHead(429).end();
  else if (pathname === "/missing")
    response.writeHead(404).end(JSON.stringify({ detail: "There is no such thing" }));
  else response.end(String(burnTree(pathname === "/busy" ? 24 : 1)));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`);
});
