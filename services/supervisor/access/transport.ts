import type { Duplex } from 'node:stream';
import { Server, ServerCredentials, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import type { AcceptConnection } from '../../../lib/control/port.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { http2Servers } from '../../../lib/grpc/http2-servers.ts';
import { type Caller, guard } from './guard.ts';
import type { RateLimitedLog } from './rate-limited-log.ts';

/** Settings that all listeners share. */
export interface ListenerSettings {
  readonly control: ControlServer;
  /** Whether the image was built with --production. */
  readonly production: boolean;
  readonly log: RateLimitedLog;
}

/** A unix socket, virtio-serial, vsock or TLS: how clients reach the control protocol. */
export interface Transport {
  /** Names its clients in the log: `a client of /run/kit/control.sock`. */
  readonly name: string;
  readonly callerOf: (call: ServerInterceptingCallInterface) => Caller;
  /** Calls that one connection may have open; further ones wait in the client. */
  readonly maxCalls: number;
}

/** Enough for every message: files and output are sent in pieces. */
const maxMessageBytes = 4 << 20;

/** Keepalive: a peer may vanish without closing its connection. A session that answers no ping is closed. */
const serverOptions = {
  'grpc.enable_channelz': 0,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': maxMessageBytes,
};

/**
 * Creates a gRPC server for one transport, since the transport decides what its clients may do. Returns the
 * function that hands connections to it. A connection with invalid or excessive HTTP/2 is closed and logged
 * (nghttp2 limits frames, headers, pings, settings and resets).
 */
export function serveTransport(
  { control, production, log }: ListenerSettings,
  { name, callerOf, maxCalls }: Transport,
): AcceptConnection {
  const interceptors = [guard({ callerOf, production, log })];
  const server = new Server({ ...serverOptions, 'grpc.max_concurrent_streams': maxCalls, interceptors });
  server.addService(ControlService, control);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  for (const sessions of http2Servers(server)) {
    sessions.on('sessionError', (error: Error) =>
      log.log(`${name} session`, `${name} broke off: ${reasonOf(error)}`),
    );
  }
  return (connection: Duplex) => {
    // The client has disconnected. The HTTP/2 session gets the error as well.
    connection.on('error', () => {});
    injector.injectConnection(connection);
  };
}
