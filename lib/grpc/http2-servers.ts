import type { Http2Server } from 'node:http2';
import type { Server } from '@grpc/grpc-js';

/**
 * The HTTP/2 servers of a gRPC server, one for each injector and address that it has so far. grpc-js tells nobody of sessions that
 * end by an error, and has no public name for them; should the private one go, a test of who uses this says so.
 */
export function http2Servers(server: Server): Http2Server[] {
  const { http2Servers: servers } = server as unknown as { http2Servers?: Map<Http2Server, unknown> };
  return [...(servers?.keys() ?? [])];
}
