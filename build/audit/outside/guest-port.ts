import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { forwardConnection } from '../../machine/forward/connection.ts';
import { openForwards } from '../../machine/forward/open-forwards.ts';
import type { World } from './world.ts';

const connectMs = 10_000;

/**
 * Calls `use` with connections to a port of the machine, through its control service: so no port of it need
 * be published.
 */
export async function withGuestPort<T>(
  { machine: { dir } }: Pick<World, 'machine'>,
  guestPort: number,
  use: (open: () => Promise<Socket>) => Promise<T>,
): Promise<T> {
  const spec = { address: '127.0.0.1', port: 0, service: '', servicePort: guestPort };
  // A port that nobody listens at resets the connection, which its client sees.
  const handle = (socket: Socket): Promise<void> => forwardConnection(socket, dir, spec).catch(() => {});
  await using forwards = await openForwards([spec], handle);
  const [{ port } = spec] = forwards.open;
  // Awaited here: the forward ends with this function.
  return await use(async () => {
    const socket = connect({ host: '127.0.0.1', port, timeout: connectMs });
    await once(socket, 'connect');
    return socket;
  });
}
