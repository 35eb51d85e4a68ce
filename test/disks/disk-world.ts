import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskConfig } from '../../lib/bundle/disks.ts';
import type { Engine } from '../../lib/disks/engine.ts';
import { listBlockDevices } from '../../lib/disks/observe/block-devices.ts';
import type { BlockDevice, Content } from '../../lib/disks/observe/content.ts';
import { probeDevice } from '../../lib/disks/observe/probe.ts';
import { prepareDisk } from '../../lib/disks/prepare-disk.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { unmount } from '../../lib/linux/mount/mount.ts';
import { isMounted } from '../../lib/linux/mount/mountinfo.ts';
import { openTpm } from '../../lib/tpm/device.ts';
import { until } from '../support/until.ts';
import { type LoopDisk, loopDisk } from './loop-disk.ts';
import { diskPrograms } from './tools.ts';

export const MiB = 2 ** 20;

/** A machine that prepares its disks, which are loop devices. */
export class DiskWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'kit-engine-'));
  readonly run: RunProgram;
  /** What the engine has said in the latest boot. */
  readonly lines: string[] = [];
  readonly engine: Engine;
  #count = 0;

  constructor(run: RunProgram) {
    this.run = async (name, args, input) => {
      // What the engine has mounted privately just before, others may still have, too.
      if (name === 'e2fsck') await mountsEnded(args.at(-1));
      return run(name, args, input);
    };
    this.engine = {
      ...{ run: this.run, root: join(this.folder, 'root'), privately: join(this.folder, 'private') },
      ...{ mapper: join(this.folder, 'mapper'), openTpm, patienceMs: 0 },
      log: (line) => void this.lines.push(line),
    };
  }

  static make = async (): Promise<DiskWorld> => new DiskWorld(await diskPrograms());

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  newDisk(bytes = 400 * MiB): Promise<LoopDisk> {
    this.#count += 1;
    return loopDisk(this.folder, `disk${this.#count}.img`, bytes, this.run);
  }

  /** One boot: the disk is prepared, `use` sees it mounted, and it is unmounted. */
  async boot<T>(
    config: DiskConfig,
    use: (target: string) => T | Promise<T>,
    how: BootOptions = {},
  ): Promise<T> {
    const { engine = this.engine, ended = async () => {} } = how;
    const target = join(engine.root, config.mount ?? '');
    await mkdir(engine.root, { recursive: true });
    this.lines.length = 0;
    try {
      await prepareDisk(config, new Set(), engine);
      return await use(target);
    } finally {
      if (isMounted(target)) unmount(target);
      await ended();
      await mountsEnded(config.match.path);
    }
  }

  async contentOf(path: string): Promise<Content> {
    return (await probeDevice(deviceAt(path), this.run)).content;
  }

  /** Of the latest boot: what was made or destroyed. */
  formats(): string[] {
    return this.lines.filter((line) => /formatted|encrypted|partition table|wiped/.test(line));
  }
}

export interface BootOptions {
  readonly engine?: Engine;
  /** Called once the disk is unmounted. */
  readonly ended?: () => Promise<void>;
}

/** A disk called "data" with ext4, mounted on /var/data. */
export const wanted = ({ path }: Pick<LoopDisk, 'path'>, more: Partial<DiskConfig> = {}): DiskConfig => ({
  ...{ name: 'data', match: { path }, fileSystem: { type: 'ext4', label: 'data' }, mount: '/var/data' },
  ...{ grow: false, trim: true, wipe: false, onFailure: 'continue', volumes: [], ...more },
});

export function deviceAt(path: string): BlockDevice {
  const device = listBlockDevices().find((one) => one.path === path);
  if (!device) throw new Error(`there is no ${path}`);
  return device;
}

const mountsEnded = (device: string | undefined): Promise<void> =>
  until(`the end of all mounts of ${device}`, () => isFree(device));

/**
 * Whether the device is mounted nowhere. A mount namespace that another process made meanwhile has a copy of
 * the mount, through which the kernel writes to the device until that process ends.
 */
function isFree(device: string | undefined): boolean {
  if (device === undefined) return true;
  try {
    // Without O_CREAT, O_EXCL refuses a block device that is in use: open(2).
    closeSync(openSync(device, constants.O_RDONLY | constants.O_EXCL));
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EBUSY') return false;
    throw thrown;
  }
}
