import { createHash } from 'node:crypto';
import { networkOf } from '../../../lib/net/ipv4.ts';
import { type Cluster, indexesOf, shortName } from '../file/cluster.ts';
import { freeAddress } from '../file/subnets.ts';

/** Addresses by machine (`etcd-1`), by network. */
export type Addresses = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The addresses of all machines. One that has an address keeps it, so that others find it where it was; one
 * that the file no longer has keeps its address as long as it is `kept`.
 */
export function assignAddresses(
  { networks, groups }: Pick<Cluster, 'networks' | 'groups'>,
  before: Addresses,
  kept: ReadonlySet<string>,
): Addresses {
  return Object.fromEntries(
    Object.entries(networks).map(([name, subnet]) => {
      const members = groups
        .filter((group) => group.networks.includes(name))
        .flatMap((group) => indexesOf(group).map((index) => shortName(group.name, index)));
      const wanted = new Set(members);
      const old = Object.entries(before[name] ?? {}).filter(
        ([machine, address]) =>
          (wanted.has(machine) || kept.has(machine)) && networkOf(address, subnet.prefix) === subnet.network,
      );
      const assigned = new Map(old);
      const taken = new Set(assigned.values());
      for (const machine of members) {
        const address = assigned.get(machine) ?? freeAddress(subnet, taken) ?? '';
        assigned.set(machine, address);
        taken.add(address);
      }
      // In the order of the file.
      const rest = old.filter(([machine]) => !wanted.has(machine));
      return [name, Object.fromEntries([...members.map((one) => [one, assigned.get(one) ?? '']), ...rest])];
    }),
  );
}

/** The address of a network card, which stays the same. 52:54:00 is the prefix that QEMU uses. */
export function macOf(cluster: string, machine: string, network: string): string {
  const [a, b, c] = createHash('sha256').update(`${cluster}/${machine}/${network}`).digest();
  return ['52', '54', '00', ...[a, b, c].map((byte) => (byte ?? 0).toString(16).padStart(2, '0'))].join(':');
}
