import type { Socket } from 'node:net';
import { carryTunnel } from '../../../lib/control/tunnel.ts';
import { MachineClient } from '../client/client.ts';
import type { ForwardSpec } from './forward-spec.ts';

/**
 * Forwards a connection into the machine until it ends. @param dir the machine's folder
 * @throws the gRPC error that ended it early, after resetting the connection
 */
export async function forwardConnection(
  socket: Socket,
  dir: string,
  { service, servicePort: port }: ForwardSpec,
): Promise<void> {
  // One client per connection, so that a restarted machine is found. grpc-js shares one channel among them.
  using client = new MachineClient(dir);
  const call = client.forward();
  try {
    call.write({ start: { service, port } });
    await carryTunnel(socket, call);
    call.end();
  } catch (thrown) {
    call.cancel();
    // A connection that its own client has reset is not a failure.
    if (thrown !== socket.errored) throw thrown;
  }
}
