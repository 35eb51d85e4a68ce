import type { Http2Server } from 'node:http2';
import type { Server } from '@grpc/grpc-js';

/**
 * The HTTP/2 servers of a gRPC server: one for each address and connection injector so far. grpc-js does not
 * report sessions that end with an error, and has no public access to them. If this private field is renamed,
 * the tests of the callers fail.
 */
export function http2Servers(server: Server): Http2Server[] {
  const { http2Servers: servers } = server as unknown as { http2Servers?: Map<Http2Server, unknown> };
  return [...(servers?.keys() ?? [])];
}
