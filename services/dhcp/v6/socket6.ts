import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { dhcpv6Ports } from '../../../lib/net/dhcp-ports.ts';

/** All_DHCP_Relay_Agents_and_Servers */
const servers = 'ff02::1:2';

export interface Dhcpv6Socket {
  send(bytes: Buffer, onError: (error: Error) => void): void;
  /** Hears nothing any more; what was sent before still leaves. */
  close(): void;
}

/**
 * A socket on the link-local address of an interface, so that it hears what is sent there alone. `onDatagram`
 * gets what came from a server's port.
 * @throws Error: EADDRNOTAVAIL while the kernel still looks whether another host has the address
 */
export async function openDhcpv6Socket(
  interfaceName: string,
  address: string,
  onDatagram: (payload: Buffer) => void,
): Promise<Dhcpv6Socket> {
  const socket: Socket = createSocket({ type: 'udp6', reuseAddr: true, ipv6Only: true });
  let closed = false;
  let sending = 0;
  try {
    socket.bind({ port: dhcpv6Ports.client, address: `${address}%${interfaceName}`, exclusive: true });
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('message', (payload, { port }) => {
    if (port === dhcpv6Ports.server && !closed) onDatagram(payload);
  });
  // The interface may vanish; the machine sends again.
  socket.on('error', () => {});
  return {
    send: (bytes, onError) => {
      socket.send(bytes, dhcpv6Ports.server, `${servers}%${interfaceName}`, (error) => {
        sending -= 1;
        if (closed && sending === 0) socket.close();
        if (error && !closed) onError(error);
      });
      sending += 1;
    },
    close: () => {
      if (!closed && sending === 0) socket.close();
      closed = true;
    },
  };
}
