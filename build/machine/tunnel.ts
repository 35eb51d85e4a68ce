import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { Bytes } from '../../lib/control/generated/control.ts';

/** A call of control.proto whose messages, after the first, are bytes. */
export type TunnelCall<Start> = ClientDuplexStream<
  { readonly start?: Start | undefined; readonly data?: Uint8Array | undefined },
  Bytes
>;

/** Carries bytes between a stream of this host and the guest until both directions have ended. @throws the gRPC error */
export async function carryTunnel<Start>(
  call: TunnelCall<Start>,
  start: Start,
  local: Duplex,
): Promise<void> {
  const leave = (): void => call.cancel();
  local.once('error', leave);
  call.write({ start });
  try {
    await Promise.all([give(call, local), take(call, local)]);
  } finally {
    local.off('error', leave);
    call.cancel();
    local.destroy();
  }
}

async function give<Start>(call: TunnelCall<Start>, local: Duplex): Promise<void> {
  try {
    for await (const data of local as AsyncIterable<Buffer>) {
      if (!call.write({ data })) await Promise.race([once(call, 'drain'), once(call, 'close')]);
    }
    call.end();
  } catch {
    // The local end broke off, which cancels the call.
  }
}

async function take<Start>(call: TunnelCall<Start>, local: Duplex): Promise<void> {
  for await (const { data } of call as AsyncIterable<Bytes>) {
    if (!local.write(data)) await Promise.race([once(local, 'drain'), once(local, 'close')]);
  }
  local.end();
}
