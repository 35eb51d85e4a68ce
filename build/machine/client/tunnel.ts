import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { TunnelOutput } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';

/**
 * A call of control.proto that carries a connection to a socket in the machine, which the first message
 * names.
 */
export type TunnelCall<Start> = ClientDuplexStream<
  TunnelMessage & { readonly start?: Start | undefined },
  TunnelOutput
>;

/** Ends our direction of a tunnel whose other direction the machine has ended. */
export function endTunnel<Start>(call: TunnelCall<Start>): void {
  if (call.writable) call.end({ end: true });
}
