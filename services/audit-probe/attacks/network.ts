import { closeSync } from 'node:fs';
import { AF_PACKET, openSocket, SOCK_RAW } from '../../../lib/linux/net/socket.ts';
import { changeLink, listLinks } from '../../../lib/linux/netlink/rtnetlink.ts';
import { AF_INET } from '../../../lib/net/ip.ts';
import { type Attacks, type Attempt, firstsOf } from '../attack.ts';

const IPPROTO_ICMP = 1;

export const network: Attacks = {
  'raw-socket': () =>
    firstsOf(
      [
        ['AF_PACKET', AF_PACKET, 0],
        ['AF_INET', AF_INET, IPPROTO_ICMP],
      ] as const,
      ([name, family, protocol]) => {
        closeSync(openSocket(family, SOCK_RAW, protocol));
        return `opened a raw socket of ${name}`;
      },
    ),
  'network-settings': changeInterface,
};

/** Gives the loopback interface the state that it has. */
function changeInterface(): Attempt {
  const loopback = listLinks().find(({ name }) => name === 'lo');
  if (!loopback) throw new Error('there is no loopback interface');
  changeLink(loopback.index, { up: loopback.up });
  return 'changed lo';
}
