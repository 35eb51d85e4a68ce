import { type TarEntry, tarBytes } from '../../lib/archive/tar.ts';
import type { Medium } from '../image/plan/boot-image.ts';
import { runTool } from '../tools/command.ts';
import { squashfsTools } from '../tools/squashfs.ts';
import { finalWalk } from '../tree/final-entries.ts';
import type { Work } from '../work.ts';

/**
 * A medium's files as a squashfs, made from a tar on the tool's standard input. The order of blocks does not
 * depend on the number of processors (-reproducible, the default), so equal files give equal bytes.
 */
export async function writeSquashfs(path: string, medium: Medium, work: Work): Promise<void> {
  // The tar has no entry for the root, which would get the owner and mode of the user that runs kit.
  const root = ['-root-time', '0', '-root-mode', '0755', '-root-uid', '0', '-root-gid', '0'];
  const fixed = ['-mkfs-time', '0', ...root];
  // Layers are compressed already: compressing them again would take time at every boot.
  const plain = ['-noI', '-noId', '-noD', '-noF', '-noX', '-no-fragments'];
  await runTool(
    await squashfsTools(work),
    'mksquashfs',
    [
      '-',
      path,
      '-tar',
      '-quiet',
      '-no-progress',
      '-noappend',
      ...fixed,
      ...(medium.layout === 'layered' ? plain : []),
    ],
    { signal: work.signal, input: tarBytes(withShortTimes(finalWalk(() => medium.entries()))) },
  );
}

/** The format has unsigned times of 32 bits; mksquashfs fails on others. */
async function* withShortTimes(entries: AsyncIterable<TarEntry>): AsyncGenerator<TarEntry> {
  for await (const entry of entries) {
    yield { ...entry, mtime: Math.min(Math.max(0, entry.mtime), 0xffff_ffff), nanoseconds: 0 };
  }
}
