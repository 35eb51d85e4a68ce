import type { Socket } from 'node:net';
import { status } from '@grpc/grpc-js';
import type { ForwardStart } from '../../../lib/control/generated/control.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { rpcError } from '../calls/rpc-error.ts';
import { connectInNetworkOf } from '../probe/connect-in-network.ts';
import type { Driver } from '../service/driver.ts';
import { findRunningService } from '../service/find-service.ts';

/**
 * Connects to a port of 127.0.0.1 in the network of a service or, for the empty name, of the machine.
 * @throws RpcError
 */
export async function openForward(driver: Driver, { service: name, port }: ForwardStart): Promise<Socket> {
  if (port < 1 || port > 65_535) throw rpcError(status.INVALID_ARGUMENT, `Cannot connect to port ${port}`);
  const pid = name === '' ? process.pid : findRunningService(driver, name, 'Cannot connect to').pid;
  try {
    const socket = await connectInNetworkOf(pid, port);
    socket.allowHalfOpen = true;
    return socket;
  } catch (thrown) {
    const where = name === '' ? 'the machine' : `service "${name}"`;
    const why = codeOf(thrown) === 'ECONNREFUSED' ? 'connection refused' : reasonOf(thrown);
    throw rpcError(status.FAILED_PRECONDITION, `Cannot connect to port ${port} of ${where}: ${why}`);
  }
}
