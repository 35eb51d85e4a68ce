import { Server, ServerCredentials, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import type { Enter } from '../../../lib/control/port.ts';
import { type Client, guard } from './guard.ts';
import type { Notices } from './notices.ts';

/** What every way into the machine has in common. */
export interface House {
  readonly control: ControlServer;
  readonly production: boolean;
  readonly notices: Notices;
}

/** A host may vanish unseen, and its session would keep the port: one that answers no ping is dropped. */
const serverOptions = {
  'grpc.enable_channelz': 0,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
};

/** A gRPC server of its own for each transport, so that who may do what is settled by how a client came. */
export function openEntrance(
  { control, production, notices }: House,
  clientOf: (call: ServerInterceptingCallInterface) => Client,
): Enter {
  const interceptors = [guard({ clientOf, production, notices })];
  const server = new Server({ ...serverOptions, interceptors });
  server.addService(ControlService, control);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return (connection) => {
    // That of a client that goes; the session hears of it, too.
    connection.on('error', () => {});
    injector.injectConnection(connection);
  };
}
