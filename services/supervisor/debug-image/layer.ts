import { status } from '@grpc/grpc-js';
import type { Layer as LayerMessage } from '../../../lib/control/generated/control.ts';
import { refusal } from '../access/refusal.ts';

/** A layer of a debug image, as a client speaks of it. */
export interface Layer {
  /** 16 hex digits. */
  readonly id: string;
  /** `sha256:…` */
  readonly digest: string;
  readonly bytes: number;
}

/** An overlay takes its lower folders in one page, and no image has more. */
const mostLayers = 100;

/** What a client has sent, checked: it becomes paths. @throws a refusal */
export function readLayer({ id, digest, bytes }: LayerMessage): Layer {
  if (!/^[0-9a-f]{16}$/.test(id)) throw wrong(`"${id.slice(0, 80)}" is no id of a layer`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw wrong(`"${digest.slice(0, 80)}" is no digest`);
  if (bytes < 1n || bytes > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong(`it cannot have ${bytes} bytes`);
  return { id, digest, bytes: Number(bytes) };
}

/** The layers of an image. @throws a refusal */
export function readLayers(layers: readonly LayerMessage[]): Layer[] {
  if (layers.length < 1 || layers.length > mostLayers)
    throw wrong(`an image has 1 to ${mostLayers} layers, not ${layers.length}`);
  return layers.map(readLayer);
}

export const wrong = (why: string) =>
  refusal(status.INVALID_ARGUMENT, `Cannot take a layer of the debug image: ${why}`);
