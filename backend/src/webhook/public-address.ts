import { BlockList, isIP } from "node:net";

// What IANA's special-purpose registries (RFC 6890) list as not globally reachable, and what leads there in disguise.
const notPublic = new BlockList();
for (const [network, prefix] of [
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
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv4");
}
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  // Teredo, benchmarking, ORCHID and the rest of 2001::/23; documentation; 6to4, which carries an IPv4 address.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv6");
}

/** Whether everybody on the internet reaches the same machine by this IP address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, "ipv4");
    case 6:
      // Only 2000::/3 is given out; IPv4 in IPv6 (::ffff:0:0/96, 64:ff9b::/96), local and multicast lie outside.
      return global.check(address, "ipv6") && !notPublic.check(address, "ipv6");
    default:
      return false;
  }
}
