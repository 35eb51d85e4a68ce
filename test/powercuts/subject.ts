import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DiskConfig, MountedType } from '../../lib/bundle/disks.ts';
import { DiskTrouble } from '../../lib/disks/decide/trouble.ts';
import { prepareDisk } from '../../lib/disks/prepare-disk.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import { openTpm } from '../../lib/tpm/device.ts';
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
  /** The device of its file system. */
  readonly partitioned: boolean;
}

/** The device that holds the file system. */
export const fileSystemOf = ({ partitioned }: Subject, device: string): string =>
  partitioned ? `${device}p1` : device;

/** LinuxKit's package of this name. */
export function formatSubject(type: MountedType, table: 'dos' | 'gpt', mib: number): Subject {
  const settings = readSettings(['-type', type, '-label', 'data', '-partition', table]);
  return {
    ...{ name: `format: ${type} in ${table}`, type, mib, partitioned: true },
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

/** The manifest's `disks:`. @param mib its size, and that which it has at the boot that is tried */
export function disksSubject(
  type: MountedType,
  { partitioned, mib: [first, grown] }: { partitioned: boolean; mib: readonly [number, number?] },
): Subject {
  const where = partitioned ? 'in gpt' : 'alone';
  return {
    name: `disks: ${type} ${where}${grown === undefined ? '' : ', growing'}`,
    ...{ type, partitioned, mib: first },
    ...(grown !== undefined && { grownMib: grown }),
    async boot(path, target, run) {
      const wanted: DiskConfig = {
        ...{ name: 'data', match: { path }, fileSystem: { type, label: 'data' } },
        ...(partitioned && { partition: { table: 'gpt' } }),
        ...{ mount: `/${basename(target)}`, grow: true, wipe: false, trim: false },
        ...{ onFailure: 'continue', volumes: [] },
      };
      const lines: string[] = [];
      const engine = {
        ...{ run, root: dirname(target), privately: join(dirname(target), 'private'), patienceMs: 0 },
        ...{ mapper: '/dev/mapper', openTpm },
        log: (line: string) => void lines.push(line),
      };
      try {
        // Kernels without EFI_PARTITION show no partitions, before they are told: as at a boot that was cut
        // off just then.
        await prepareDisk(wanted, new Set(), engine).catch(async (thrown: unknown) => {
          if (!(thrown instanceof DiskTrouble && /does not show its partition/.test(thrown.message)))
            throw thrown;
          await run('partx', ['--update', path]);
          await prepareDisk(wanted, new Set(), engine);
        });
      } catch (thrown) {
        if (thrown instanceof DiskTrouble && /stays as it is/.test(thrown.message)) return 'is named';
        throw thrown;
      }
      return lines.some((line) => line.includes('is formatted')) ? 'starts anew' : 'has its data';
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
