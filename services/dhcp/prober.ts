import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { openArpSocket } from '../../lib/linux/net/packet.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { isConflict } from '../../lib/net/packet-arp.ts';

/** Looks whether another host of the link has an address (RFC 5227). */
export interface Prober {
  probe(): void;
  close(): void;
}

/** `onConflict` gets the MAC address of a host that has the address, or is about to take it. */
export function openProber({ index, mac }: Link, onConflict: (mac: string) => void, address: string): Prober {
  const socket = openArpSocket(index);
  let closed = false;
  const poll = pollDescriptor(socket.fd, () => {
    while (!closed) {
      const packet = socket.receive();
      if (packet === undefined) return;
      if (isConflict(packet, address, mac)) onConflict(packet.senderMac);
    }
  });
  poll.want({ readable: true, writable: false });
  return {
    probe: () =>
      socket.broadcast({
        ...{ operation: 'request', senderMac: mac, senderAddress: '0.0.0.0', targetAddress: address },
      }),
    close: () => {
      closed = true;
      poll.close().then(socket.close);
    },
  };
}
