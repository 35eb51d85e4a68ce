import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Layer, wrong } from './layer.ts';

/** Writes a file that did not exist. @throws a refusal when the bytes are not those of the layer */
export async function writeChecked(
  path: string,
  layer: Layer,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const hash = createHash('sha256');
  let written = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const bytes of chunks) {
    written += bytes.length;
    if (written > layer.bytes) throw wrong(`it has more than its ${layer.bytes} bytes`);
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  if (written < layer.bytes) throw wrong(`${written} of its ${layer.bytes} bytes came`);
  if (`sha256:${hash.digest('hex')}` !== layer.digest)
    throw wrong(`its bytes are not those of ${layer.digest}`);
}
