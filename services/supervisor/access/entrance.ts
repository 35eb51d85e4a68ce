import type { Duplex } from 'node:stream';
import { Server, ServerCredentials, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import type { Enter } from '../../../lib/control/port.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { http2Servers } from '../../../lib/grpc/http2-servers.ts';
import { type Client, guard } from './guard.ts';
import type { Notices } from './notices.ts';

/** What every way into the machine has in common. */
export interface House {
  readonly control: ControlServer;
  readonly production: boolean;
  readonly notices: Notices;
}

/** One way in. */
export interface Way {
  /** Who comes by it, before more is known: `a client of /run/kit/control.sock`. */
  readonly name: string;
  readonly clientOf: (call: ServerInterceptingCallInterface) => Client;
  /** Calls that may be open at once on one connection; more wait with their client. */
  readonly maxCalls: number;
}

/** Messages are small: files and output come in pieces. */
const maxMessageBytes = 4 << 20;

/** A peer may vanish unseen, and its session would stay: one that answers no ping is dropped. */
const serverOptions = {
  'grpc.enable_channelz': 0,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': maxMessageBytes,
};

/**
 * A gRPC server of its own for each transport, so that who may do what is settled by how a client came. What is no HTTP/2, or
 * too much of it, ends its own connection (nghttp2 bounds frames, headers, pings, settings and resets), and is told of.
 */
export function openEntrance(
  { control, production, notices }: House,
  { name, clientOf, maxCalls }: Way,
): Enter {
  const interceptors = [guard({ clientOf, production, notices })];
  const server = new Server({ ...serverOptions, 'grpc.max_concurrent_streams': maxCalls, interceptors });
  server.addService(ControlService, control);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  for (const sessions of http2Servers(server)) {
    sessions.on('sessionError', (error: Error) =>
      notices.tell(`${name} session`, `${name} broke off: ${reasonOf(error)}`),
    );
  }
  return (connection: Duplex) => {
    // That of a client that goes; the session hears of it, too.
    connection.on('error', () => {});
    injector.injectConnection(connection);
  };
}
