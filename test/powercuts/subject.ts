import { mkdirSync } from 'node:fs';
import type { MountedType } from '../../lib/bundle/disks.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import { readSettings } from '../../services/format/arguments.ts';
import { findTarget } from '../../services/format/find-target.ts';
import { format } from '../../services/format/format.ts';

/** What a boot has made of a disk. */
export type Outcome =
  /** It held nothing, and was formatted. */
  | 'starts anew'
  /** It was only mounted. */
  | 'has its data'
  /** What it holds is no empty disk and not what was asked for, and that was said. It is not mounted. */
  | 'is named';

/** A disk and what prepares it at each boot. */
export interface Subject {
  readonly name: string;
  readonly type: MountedType;
  readonly mib: number;
  /** It is prepared and written to once before; then it has become this large. */
  readonly grownMib?: number;
  /** Prepares a loop device and mounts it. */
  boot(device: string, target: string, run: RunProgram): Promise<Outcome>;
  /** The device that holds the file system, while it is prepared. */
  fileSystem(device: string, target: string): string;
  /** Once it is not mounted any more: lets go of the loop device. */
  end(): Promise<void>;
}

const nothingToEnd = async (): Promise<void> => {};

/** LinuxKit's package of this name. */
export function formatSubject(type: MountedType, table: 'dos' | 'gpt', mib: number): Subject {
  const settings = readSettings(['-type', type, '-label', 'data', '-partition', table]);
  return {
    ...{ name: `format: ${type} in ${table}`, type, mib, end: nothingToEnd },
    fileSystem: (device) => `${device}p1`,
    async boot(device, target, run) {
      const wanted = { ...settings, device };
      const found = await findTarget(device, wanted, run);
      if (found.kind === 'taken') return 'is named';
      await format(wanted, { run: tellingKernel(run), say: () => {} });
      makeFolder(target);
      mount(`${device}p1`, target, type);
      return found.kind === 'empty' ? 'starts anew' : 'has its data';
    },
  };
}

/** The host's kernel may know no partition tables: it is told what sfdisk has written. */
const tellingKernel =
  (run: RunProgram): RunProgram =>
  async (name, args, input) => {
    const result = await run(name, args, input);
    const device = args.find((word) => word.startsWith('/dev/'));
    if (name === 'sfdisk' && input !== undefined && device) await run('partx', ['--update', device]);
    return result;
  };

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  }
}
