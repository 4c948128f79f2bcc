import type { Context } from "hono";
import type { Deps } from "../../deps.ts";
import type { AppEnv } from "../openapi.ts";

/** An IPv6 customer has a whole /64 network, so its addresses count as one client. */
function network(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head, tail] = address.toLowerCase().split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const end = tail === "" ? [] : tail.split(":");
    while (groups.length + end.length < 8) groups.push("0");
    groups.push(...end);
  }
  const prefix = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${prefix.join(":")}::/64`;
}

/** Who counts as one client: the connection's address. A header is believed only where Cloudflare sets it. */
export function clientOf(
  { clientAddress, config }: Pick<Deps, "clientAddress" | "config">,
  headers: Headers,
): string {
  const forwarded = config.environment === "production" ? headers.get("cf-connecting-ip") : null;
  const address = clientAddress ?? forwarded;
  return address === null ? "local" : network(address.slice(0, 64));
}

/** `clientOf` of a request. */
export function clientKey(c: Context<AppEnv>): string {
  return clientOf(c.env, c.req.raw.headers);
}
