import { posix } from 'node:path';
import type { TarEntry } from '../../../lib/archive/tar.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';

/**
 * Moves entries to where the links point. Some images have /lib as a folder, kernels have their modules
 * there, and other images have /lib as a link. LinuxKit writes both: unpacking lets the folder replace the
 * link, and the C library is lost. Here the link stays, and the folder's entries go where it points.
 */
export async function* throughLinks(entries: AsyncIterable<TarEntry>, links: Tree): AsyncGenerator<TarEntry> {
  const moved = (path: string): string =>
    posix.join(resolveIn(links, posix.dirname(path)), posix.basename(path));
  for await (const entry of entries) {
    const path = moved(entry.path);
    if (entry.type === 'directory' && links.has(path)) continue;
    const linkname = entry.type === 'hardlink' ? moved(entry.linkname) : entry.linkname;
    yield { ...entry, path, linkname };
  }
}
