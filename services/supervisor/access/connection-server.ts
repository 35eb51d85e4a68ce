import type { Duplex } from 'node:stream';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { http2Servers } from '../../../lib/grpc/http2-servers.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { guard } from './guard.ts';
import type { AccessLimits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { RateLimitedLog } from './rate-limited-log.ts';
import type { Role } from './roles.ts';

/** Settings that all listeners share. */
export interface ListenerSettings {
  readonly control: ControlServer;
  /** Whether the image was built with --production. */
  readonly production: boolean;
  /** Whether its manifest has `updates:`. */
  readonly takesUpdates: boolean;
  readonly log: RateLimitedLog;
  readonly audit: AuditTrail;
  readonly limits: AccessLimits;
}

/** Serves the control protocol on a connection of a peer. */
export type AcceptPeer = (connection: Duplex, peer: Peer) => void;

/** Bytes of a message of a client; files and output are sent in pieces. */
const maxMessageBytes: Readonly<Record<Role, number>> = {
  read: 256 << 10,
  operate: 4 << 20,
  debug: 4 << 20,
};

/**
 * Of one connection. `streams`: HTTP/2 streams; further calls wait in the client. `megabytes`: of its HTTP/2
 * session, with all that the peer has not taken yet; above it, new calls are refused.
 */
const sessionLimits: Readonly<Record<Role, { readonly streams: number; readonly megabytes: number }>> = {
  read: { streams: 16, megabytes: 4 },
  operate: { streams: 100, megabytes: 64 },
  debug: { streams: 100, megabytes: 64 },
};

/** Keepalive: a peer may vanish without closing its connection. A session that answers no ping is closed. */
const serverOptions = {
  'grpc.enable_channelz': 0,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
};

/** Connections above a limit that are told so, and the milliseconds that each is kept for that. */
const told = { connections: 8, ms: 2000 } as const;

/**
 * Returns the function that serves connections. Each gets a gRPC server of its own, which knows its peer and
 * with it the rights and limits of its calls. A connection with invalid or excessive HTTP/2 is closed and
 * logged (nghttp2 limits frames, headers, pings, settings and resets).
 * @param streams concurrent calls on one connection; undefined: by role
 */
export function connectionServer(settings: ListenerSettings, streams?: number): AcceptPeer {
  const { limits, log, audit } = settings;
  let toldNow = 0;
  return (connection, peer) => {
    // The client has disconnected. The HTTP/2 session gets the error as well.
    connection.on('error', () => {});
    const grant = limits.connection(peer);
    if (typeof grant !== 'string') {
      connection.once('close', () => grant.release());
      serve(settings, connection, peer, streams);
      return;
    }
    log.log(`limit ${peer.key}`, `${peer.name} was turned away: ${grant}`);
    audit.record(
      { kind: 'peer', key: peer.key },
      { action: 'connect', result: 'refused', fields: { why: grant, role: peer.role, ...peer.identity } },
    );
    if (toldNow >= told.connections) {
      connection.destroy();
      return;
    }
    toldNow += 1;
    const timer = setTimeout(() => connection.destroy(), told.ms);
    connection.once('close', () => {
      clearTimeout(timer);
      toldNow -= 1;
    });
    serve(settings, connection, peer, 1, grant);
  };
}

/** @param refusal answers every call */
function serve(
  { control, production, takesUpdates, limits, log, audit }: ListenerSettings,
  connection: Duplex,
  peer: Peer,
  streams: number = sessionLimits[peer.role].streams,
  refusal?: string,
): void {
  const server = new Server({
    ...serverOptions,
    'grpc.max_receive_message_length': maxMessageBytes[peer.role],
    'grpc.max_concurrent_streams': streams,
    'grpc-node.max_session_memory': sessionLimits[peer.role].megabytes,
    interceptors: [guard({ peer, production, takesUpdates, limits, log, audit, refusal })],
  });
  server.addService(ControlService, control);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  for (const sessions of http2Servers(server)) {
    sessions.on('sessionError', (error: Error) =>
      log.log(`${peer.name} session`, `${peer.name} broke off: ${reasonOf(error)}`),
    );
  }
  injector.injectConnection(connection);
}
