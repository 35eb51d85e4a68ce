import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type DebugLayer, invalidLayer } from './debug-layer.ts';

/**
 * Writes a layer to a new file and verifies its size and digest.
 * @param of what, in messages
 * @throws RpcError if they do not match; EEXIST; the error of `chunks`
 */
export async function writeLayerFile(
  path: string,
  layer: Pick<DebugLayer, 'digest' | 'bytes'>,
  chunks: AsyncIterable<Uint8Array>,
  of?: string,
): Promise<void> {
  const hash = createHash('sha256');
  let written = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const bytes of chunks) {
    written += bytes.length;
    if (written > layer.bytes) throw invalidLayer(`it has more than its ${layer.bytes} bytes`, of);
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  if (written < layer.bytes) throw invalidLayer(`${written} of its ${layer.bytes} bytes came`, of);
  if (`sha256:${hash.digest('hex')}` !== layer.digest)
    throw invalidLayer(`its bytes are not those of ${layer.digest}`, of);
}
