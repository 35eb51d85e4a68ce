import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DiskConfig, MountedType } from '../../lib/bundle/disks.ts';
import { DiskTrouble } from '../../lib/disks/decide/trouble.ts';
import { prepareDisk } from '../../lib/disks/prepare-disk.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { openTpm } from '../../lib/tpm/device.ts';
import { LoopMapper } from '../disks/loop-mapper.ts';
import type { Outcome, Subject } from './subject.ts';

interface Kind {
  readonly partitioned: boolean;
  /** With a key in a file. */
  readonly encrypted?: boolean;
  /** Its size, and that which it has at the boot that is tried. */
  readonly mib: readonly [number, number?];
}

/** The manifest's `disks:`. */
export function disksSubject(type: MountedType, kind: Kind): Subject {
  const {
    partitioned,
    encrypted = false,
    mib: [first, grown],
  } = kind;
  const where = `${encrypted ? ', encrypted,' : ''} ${partitioned ? 'in gpt' : 'alone'}`;
  const mappers: LoopMapper[] = [];
  return {
    name: `disks: ${type}${where}${grown === undefined ? '' : ', growing'}`,
    ...{ type, mib: first, ...(grown !== undefined && { grownMib: grown }) },
    async boot(path, target, run) {
      const folder = dirname(target);
      const mapper = new LoopMapper(run, join(folder, 'mapper'));
      mappers.push(mapper);
      if (encrypted) writeKey(folder);
      return prepare(wanted(type, kind, { path, target }), folder, mapper.run);
    },
    fileSystem: (device, target) => {
      if (encrypted) return join(dirname(target), 'mapper', 'data');
      return partitioned ? `${device}p1` : device;
    },
    end: async () => {
      for (const mapper of mappers.splice(0)) await mapper.close();
    },
  };
}

const keyFile = '/etc/keys/data';

function writeKey(root: string): void {
  mkdirSync(dirname(join(root, keyFile)), { recursive: true });
  writeFileSync(join(root, keyFile), 'the key', { mode: 0o400 });
}

const wanted = (
  type: MountedType,
  { partitioned, encrypted }: Kind,
  { path, target }: { readonly path: string; readonly target: string },
): DiskConfig => ({
  ...{ name: 'data', match: { path }, fileSystem: { type, label: 'data' } },
  ...(partitioned && { partition: { table: 'gpt' } }),
  ...(encrypted && { encrypt: { kind: 'luks2', key: { file: keyFile } } }),
  ...{ mount: `/${basename(target)}`, grow: true, wipe: false, trim: false },
  ...{ onFailure: 'continue', volumes: [] },
});

async function prepare(disk: DiskConfig, folder: string, run: RunProgram): Promise<Outcome> {
  const lines: string[] = [];
  const engine = {
    ...{ run, root: folder, privately: join(folder, 'private'), patienceMs: 0 },
    ...{ mapper: join(folder, 'mapper'), openTpm },
    log: (line: string) => void lines.push(line),
  };
  try {
    // Kernels without EFI_PARTITION show no partitions, before they are told: as at a boot that was cut off
    // just then.
    await prepareDisk(disk, new Set(), engine).catch(async (thrown: unknown) => {
      if (!(thrown instanceof DiskTrouble && /does not show its partition/.test(thrown.message)))
        throw thrown;
      await run('partx', ['--update', disk.match.path ?? '']);
      await prepareDisk(disk, new Set(), engine);
    });
  } catch (thrown) {
    if (thrown instanceof DiskTrouble && /stays as it is/.test(thrown.message)) return 'is named';
    throw thrown;
  }
  return lines.some((line) => line.includes('is formatted')) ? 'starts anew' : 'has its data';
}
