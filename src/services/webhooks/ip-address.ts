/** Networks (IANA's registry of special purposes, and multicast) that are not of the public internet: address and length. */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Within 2000::/3, which alone is given out: protocols (Teredo, ORCHID), documentation, 6to4, which holds any IPv4. */
const SPECIAL_IPV6 = /^(?:2001:(?:0|1?[\da-f]{1,2}|db8)?:|2002:|3fff:)/;

/**
 * Whether a host of a parsed `URL` is an address of the public internet; `null` where it is a name. `URL` writes IPv4 in
 * four decimal numbers and IPv6 in brackets, compressed, so there is one spelling of each.
 */
export function isPublicAddress(hostname: string): boolean | null {
  if (hostname.startsWith("[")) return isPublicIpv6(hostname.slice(1, -1));
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return null;
  const address = numberOf(hostname);
  return !SPECIAL_IPV4.some(
    ([network, length]) => address >>> (32 - length) === numberOf(network) >>> (32 - length),
  );
}

function numberOf(ipv4: string): number {
  return ipv4.split(".").reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}

function isPublicIpv6(address: string): boolean {
  return /^[23][\da-f]{3}:/.test(address) && !SPECIAL_IPV6.test(address);
}
