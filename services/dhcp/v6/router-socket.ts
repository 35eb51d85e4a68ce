import { pollDescriptor } from '../../../lib/linux/io/poll.ts';
import { openIcmp6Socket } from '../../../lib/linux/net/packet.ts';
import { encodeIcmp6 } from '../../../lib/net/packet-icmp6.ts';
import { type RouterAdvertisement, readRouterAdvertisement } from './router-advertisement.ts';

export interface RouterSocket {
  /** Asks routers to advertise now (RFC 4861 section 4.1). */
  solicit(): void;
  close(): void;
}

const ROUTER_SOLICITATION = 133;
const allRouters = { address: 'ff02::2', mac: Buffer.from('333300000002', 'hex') } as const;

/** Hears the router advertisements of one interface. */
export function openRouterSocket(
  interfaceIndex: number,
  onAdvertisement: (advertisement: RouterAdvertisement) => void,
): RouterSocket {
  const socket = openIcmp6Socket(interfaceIndex);
  let closed = false;
  const poll = pollDescriptor(socket.fd, () => {
    while (!closed) {
      const packet = socket.receive();
      if (packet === undefined) return;
      const advertisement = readRouterAdvertisement(packet);
      if (advertisement) onAdvertisement(advertisement);
    }
  });
  poll.want({ readable: true, writable: false });
  return {
    // Without a source address, which the interface may not have yet.
    solicit: () =>
      socket.send(
        encodeIcmp6({
          ...{ source: '::', destination: allRouters.address, type: ROUTER_SOLICITATION, code: 0 },
          body: Buffer.alloc(4),
        }),
        allRouters.mac,
      ),
    close: () => {
      closed = true;
      poll.close().then(socket.close);
    },
  };
}
