import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { openPacketSocket, openUdpSender, type UdpSender } from '../../lib/linux/net/packet.ts';
import { dhcpPorts } from '../../lib/net/dhcp-ports.ts';

/** The sockets of one exchange, open only while a reply is awaited. */
export interface DhcpSocket {
  /** From 0.0.0.0, or from the client's address once it has one. */
  broadcast(bytes: Buffer, from: string | undefined): void;
  unicast(bytes: Buffer, interfaceName: string, from: string, to: string): void;
  close(): void;
}

/**
 * Opens the sockets on an interface; `onDatagram` gets the UDP payload and the sender of packets to port 68.
 */
export function openDhcpSocket(
  interfaceIndex: number,
  onDatagram: (payload: Buffer, from: string) => void,
): DhcpSocket {
  const socket = openPacketSocket(interfaceIndex, dhcpPorts.client);
  let closed = false;
  let sender: UdpSender | undefined;
  const poll = pollDescriptor(socket.fd, () => {
    // The callback may close the socket while more datagrams are queued.
    while (!closed) {
      const datagram = socket.receive();
      if (datagram === undefined) return;
      onDatagram(datagram.payload, datagram.source);
    }
  });
  poll.want({ readable: true, writable: false });
  return {
    broadcast: (payload, from = '0.0.0.0') =>
      socket.broadcast({
        source: from,
        sourcePort: dhcpPorts.client,
        destination: '255.255.255.255',
        destinationPort: dhcpPorts.server,
        payload,
      }),
    unicast: (payload, interfaceName, from, to) => {
      // Kept open until the reply: without a socket on port 68 the kernel answers the server "port
      // unreachable".
      sender ??= openUdpSender(interfaceName, from, dhcpPorts.client);
      sender.send(payload, to, dhcpPorts.server);
    },
    close: () => {
      closed = true;
      sender?.close();
      poll.close().then(socket.close);
    },
  };
}
