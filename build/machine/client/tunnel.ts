import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { TunnelOutput } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';

/** A call of control.proto that leads to a socket in the machine, which the first message names. */
export type TunnelCall<Start> = ClientDuplexStream<
  TunnelMessage & { readonly start?: Start | undefined },
  TunnelOutput
>;

/** Says that nothing more will come, to a machine that has said so itself. */
export function leave<Start>(call: TunnelCall<Start>): void {
  if (call.writable) call.end({ end: true });
}
