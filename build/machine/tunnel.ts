import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { Bytes } from '../../lib/control/generated/control.ts';

/** A call of control.proto whose messages, after the first, are bytes. */
export type TunnelCall<Start> = ClientDuplexStream<
  { readonly start?: Start | undefined; readonly data?: Uint8Array | undefined },
  Bytes
>;
