import { createReadStream } from 'node:fs';
import type { DebugImage, Layer } from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { withPath } from '../../../lib/process/default-path.ts';
import { resolveImage } from '../../images/resolve.ts';
import { imageLayers, overlaidImage } from '../../layers/layers.ts';
import { fileDigest } from '../../pieces/file-digest.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import { imageCommand } from '../../spec/image/image-defaults.ts';
import type { Work } from '../../work.ts';
import type { MachineClient } from '../client/client.ts';

/** A debug image, ready to be pushed to a machine. */
export interface PreparedDebugImage {
  /** Its description for the machine. */
  readonly image: DebugImage;
  /** The files of its layers, by digest. */
  readonly files: ReadonlyMap<string, string>;
  /** Its entrypoint and command; a shell if it has neither. */
  readonly command: readonly string[];
}

/**
 * Resolves a reference as a manifest has it, builds or pulls the image, and converts its layers to EROFS.
 */
export async function prepareDebugImage(ref: string, cwd: string, work: Work): Promise<PreparedDebugImage> {
  const image = await resolveImage(parseImageRef(ref, { folder: cwd }), work);
  const { layers: wanted } = await overlaidImage(image, 'bundle', work);
  const made = await imageLayers(wanted, work);
  if (made.length === 0) throw new KitError(`Cannot use image "${ref}" as a debug image: it is empty`);
  const layers = await Promise.all(
    made.map(async ({ id, file, bytes }) => ({
      file,
      id,
      digest: `sha256:${await fileDigest(file)}`,
      bytes: BigInt(bytes),
    })),
  );
  const { config } = image.config;
  const command = imageCommand(config);
  return {
    image: {
      layers: layers.map(({ id, digest, bytes }) => ({ id, digest, bytes })),
      env: [...withPath(config.Env ?? [])],
    },
    files: new Map(layers.map(({ digest, file }) => [digest, file])),
    command: command.length > 0 ? command : ['/bin/sh'],
  };
}

/** Sends the layers that the machine does not have. @throws the gRPC error */
export async function pushDebugImage(
  client: MachineClient,
  { image, files }: PreparedDebugImage,
  { progress, signal }: Work,
): Promise<void> {
  const missing = new Set(await client.missingLayers(image.layers));
  const absent = image.layers.filter(({ digest }) => missing.has(digest));
  if (absent.length === 0) return;
  const all = absent.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  await progress.task(`Copy ${megabytes(all)} of tools into the machine`, async (note) => {
    let sent = 0;
    const count = (bytes: number): void => {
      sent += bytes;
      note(`${megabytes(sent)} of ${megabytes(all)}`);
    };
    for (const layer of absent) await pushLayer(client, layer, files.get(layer.digest) ?? '', count, signal);
  });
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Bytes of a message: well below gRPC's limit of 4 MiB, and small enough to buffer several. */
const chunkBytes = 256 << 10;

async function pushLayer(
  client: MachineClient,
  layer: Layer,
  file: string,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { call, done } = client.pushLayer();
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  let refused = false;
  const over = done.catch(() => {
    refused = true;
  });
  try {
    call.write({ start: layer });
    for await (const data of createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
      if (refused) break;
      if (!call.write({ data })) {
        // A call that was refused never drains.
        await Promise.race([new Promise((resolve) => call.once('drain', resolve)), over]);
      }
      count(data.length);
    }
    call.end();
    await done;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
