import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { openPacketSocket } from '../../lib/linux/net/packet.ts';
import { listLinks } from '../../lib/linux/netlink/rtnetlink.ts';

/**
 * Answers what DHCP clients send on an interface with these bytes, broadcast from an address that need not be
 * that of the interface.
 */
export function answerClients(
  interfaceName: string | undefined,
  source: string,
  answers: (request: Buffer) => readonly Buffer[],
): void {
  const link = listLinks().find(({ name }) => name === interfaceName);
  if (link === undefined) throw new Error(`no interface ${interfaceName}`);
  const socket = openPacketSocket(link.index, 67);
  const addresses = { source, sourcePort: 67, destination: '255.255.255.255', destinationPort: 68 };
  const poll = pollDescriptor(socket.fd, () => {
    for (let datagram = socket.receive(); datagram !== undefined; datagram = socket.receive())
      for (const payload of answers(datagram.payload)) socket.broadcast({ ...addresses, payload });
  });
  poll.want({ readable: true, writable: false });
}
