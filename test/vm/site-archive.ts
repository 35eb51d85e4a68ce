import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hostArch } from '../../build/host/arch.ts';
import { oneLayerArchive } from '../../build/outputs/docker/one-layer-archive.ts';
import { testWork } from '../../build/testing.ts';
import { tarBytes, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { testTools } from '../support/tools.ts';

/**
 * Writes an archive as `docker save` does: the image `site` of busybox alone, which serves a page on port 80
 * that says `from a container`.
 */
export async function writeSiteArchive(path: string): Promise<void> {
  const busybox = readFileSync(join((await testTools()).dir, 'usr/bin/busybox'));
  const files = [
    ...['bin', 'www'].map((name) => tarEntry({ path: name, type: 'directory', mode: 0o755 })),
    textEntry('bin/busybox', busybox, 0o755),
    tarEntry({ path: 'bin/sh', type: 'symlink', linkname: 'busybox', mode: 0o777 }),
    textEntry('www/index.html', 'from a container'),
  ];
  const layer = (): AsyncIterable<Uint8Array> => tarBytes(files);
  const config = { Env: ['PATH=/bin'], Cmd: ['/bin/busybox', 'httpd', '-f', '-p', '80', '-h', '/www'] };
  const image = oneLayerArchive({ name: 'site', arch: hostArch, config, layer }, testWork());
  await pipeline(image, createWriteStream(path));
}
