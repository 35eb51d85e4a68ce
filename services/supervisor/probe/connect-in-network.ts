import { once } from 'node:events';
import { Socket } from 'node:net';
import { openTcpSocketIn } from '../../../lib/linux/net/net-namespace.ts';
import { AF_INET } from '../../../lib/net/ip.ts';

/**
 * Connects to a port of 127.0.0.1 in the network namespace of a process. `limitMs`: undefined means no time
 * limit.
 * @throws the socket's error; AbortError after `limitMs`
 */
export async function connectInNetworkOf(pid: number, port: number, limitMs?: number): Promise<Socket> {
  const signal = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
  // A socket belongs to the namespace it was created in, and net.Socket connects the descriptor it is given.
  const socket = new Socket({ fd: openTcpSocketIn(pid, AF_INET), readable: true, writable: true });
  try {
    await once(socket.connect({ host: '127.0.0.1', port }), 'connect', signal ? { signal } : {});
    return socket;
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
}
