import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { debianTree } from '../../build/tools/tree.ts';
import { type RunProgram, startDiskProgram } from '../../lib/disks/run-program.ts';

const source = debianSource({
  packages: [
    ...['btrfs-progs', 'cryptsetup-bin', 'e2fsprogs', 'fdisk', 'keyutils', 'mount', 'util-linux', 'xfsprogs'],
  ],
});

/** The programs of pkg/disk-tools and pkg/cryptsetup, and some to look at what they have made. */
export async function diskPrograms(): Promise<RunProgram> {
  const lock = join(import.meta.dirname, 'tools.lock.json');
  const tools = await debianTree('programs for disks', source, lock, testWork());
  return (name, args, input) => {
    const { file, args: all, env } = toolCommand(tools, name, args);
    return startDiskProgram(file, all, { env, input });
  };
}
