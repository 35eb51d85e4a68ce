import { isIPv4 } from 'node:net';
import { broadcastOf, ipv4Bytes, ipv4Text, isHostAddress, networkOf } from '../../../lib/net/ipv4.ts';
import type { Subnet } from './cluster.ts';

/** What each machine has already, by `--networking user` (build/container/network/user-network.ts). */
const userNetwork: Subnet = { network: '10.0.2.0', prefix: 24 };

/** The subnet of `10.90.0.0/24`, or why it is none. */
export function subnetOf(text: string): Subnet | string {
  const [network = '', bits = ''] = text.split('/');
  const prefix = Number(bits);
  if (!isIPv4(network) || prefix < 16 || prefix > 28) return 'expected an IPv4 network of 16 to 28 bits';
  if (!isHostAddress(network)) return `"${network}" is no network of hosts`;
  if (networkOf(network, prefix) !== network)
    return `did you mean "${networkOf(network, prefix)}/${prefix}"?`;
  const subnet = { network, prefix };
  return overlap(subnet, userNetwork) ? 'each machine has 10.0.2.0/24 already' : subnet;
}

export function overlap(a: Subnet, b: Subnet): boolean {
  const prefix = Math.min(a.prefix, b.prefix);
  return networkOf(a.network, prefix) === networkOf(b.network, prefix);
}

/** How many machines have room in it: not the network itself, the switch and the broadcast address. */
export const roomIn = ({ prefix }: Subnet): number => 2 ** (32 - prefix) - 3;

/** The first address, that of the switch. */
export const switchAddress = ({ network }: Subnet): string => nthAddress(network, 1);

/** The lowest address for a machine that none of these has. */
export function freeAddress({ network, prefix }: Subnet, taken: ReadonlySet<string>): string | undefined {
  for (let number = 2; ; number += 1) {
    const address = nthAddress(network, number);
    if (address === broadcastOf(network, prefix)) return undefined;
    if (!taken.has(address)) return address;
  }
}

function nthAddress(network: string, number: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(ipv4Bytes(network).readUInt32BE() + number);
  return ipv4Text(bytes);
}
