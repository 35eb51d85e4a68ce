import { once } from 'node:events';
import { Socket } from 'node:net';
import { openTcpSocketIn } from '../../../lib/linux/net/net-namespace.ts';
import { AF_INET } from '../../../lib/net/ip.ts';

/**
 * Connects to a port of 127.0.0.1 as a process sees it, in whatever network it has. `limitMs`: none when left out.
 * @throws the socket's error, or a timeout's.
 */
export async function connectIn(pid: number, port: number, limitMs?: number): Promise<Socket> {
  const signal = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
  // Not yet connected: `connect` goes on with the descriptor it has.
  const socket = new Socket({ fd: openTcpSocketIn(pid, AF_INET), readable: true, writable: true });
  try {
    await once(socket.connect({ host: '127.0.0.1', port }), 'connect', signal ? { signal } : {});
    return socket;
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
}
