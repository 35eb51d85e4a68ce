import type { Socket } from 'node:net';
import { carryTunnel } from '../../../lib/control/tunnel.ts';
import { MachineClient } from '../client/client.ts';
import type { Forward } from './wish.ts';

/**
 * Carries a connection into the machine, to its end. @throws the gRPC error that broke it off; it is reset then
 * @param dir the machine's folder
 */
export async function forwardConnection(
  socket: Socket,
  dir: string,
  { service, servicePort: port }: Forward,
): Promise<void> {
  // One for each, so that a machine that has restarted is found anew. Those of one machine share their connection.
  using client = new MachineClient(dir);
  const call = client.forward();
  try {
    call.write({ start: { service, port } });
    await carryTunnel(socket, call);
    call.end();
  } catch (thrown) {
    call.cancel();
    // That the client itself broke off is nobody's failure.
    if (thrown !== socket.errored) throw thrown;
  }
}
