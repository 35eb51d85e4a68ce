import { status } from '@grpc/grpc-js';
import type { Layer as LayerMessage } from '../../../lib/control/generated/control.ts';
import { type RpcError, rpcError } from '../calls/rpc-error.ts';

/** A layer of a debug image, as named by a client. */
export interface DebugLayer {
  /** The layer id: 16 hex digits. */
  readonly id: string;
  /** Of the EROFS file: `sha256:…` */
  readonly digest: string;
  readonly bytes: number;
}

/** The mount options of overlay must fit in one page, which limits the number of lower directories. */
const maxLayers = 100;

/** Checks a client's message, as id and digest become parts of paths. @throws RpcError */
export function parseDebugLayer({ id, digest, bytes }: LayerMessage): DebugLayer {
  if (!/^[0-9a-f]{16}$/.test(id)) throw invalidLayer(`"${id.slice(0, 80)}" is not the id of a layer`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw invalidLayer(`"${digest.slice(0, 80)}" is not a digest`);
  if (bytes < 1n || bytes > BigInt(Number.MAX_SAFE_INTEGER))
    throw invalidLayer(`it cannot have ${bytes} bytes`);
  return { id, digest, bytes: Number(bytes) };
}

/** The layers of an image, lowest first. @throws RpcError */
export function parseDebugLayers(layers: readonly LayerMessage[]): DebugLayer[] {
  if (layers.length < 1 || layers.length > maxLayers)
    throw invalidLayer(`an image has 1 to ${maxLayers} layers, not ${layers.length}`);
  return layers.map(parseDebugLayer);
}

/** @param of `an update` */
export function invalidLayer(why: string, of = 'the debug image'): RpcError {
  return rpcError(status.INVALID_ARGUMENT, `Cannot take a layer of ${of}: ${why}`);
}
