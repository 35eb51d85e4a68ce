import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';

/** Links to all file systems: `/dev/disk/by-uuid/0e4f6855-… -> ../../vdb1`, as udev makes them. */
export async function linkByUuid({
  run,
  say,
  links = '/dev/disk/by-uuid',
}: {
  readonly run: RunProgram;
  say(line: string): void;
  readonly links?: string;
}): Promise<void> {
  makeFolder(links);
  for (const name of readdirSync('/sys/class/block')) {
    if (isLayer(name)) continue;
    const { stdout } = await run('blkid', ['-c', '/dev/null', '-o', 'value', '-s', 'UUID', `/dev/${name}`]);
    const uuid = stdout.trim();
    // It comes from the disk, and becomes a path.
    if (!/^[\w-]{1,64}$/.test(uuid)) continue;
    try {
      symlinkSync(`../../${name}`, join(links, uuid));
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') say(`Cannot link to ${name} by its UUID: ${String(thrown)}`);
    }
  }
}

/** A loop device that can only be read: a layer of a machine's images. There are dozens. */
function isLayer(name: string): boolean {
  if (!name.startsWith('loop')) return false;
  try {
    return readFileSync(`/sys/class/block/${name}/ro`, 'utf8').trim() === '1';
  } catch {
    return true;
  }
}
