import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import type { Logger } from '../../../lib/service/service.ts';
import type { Disks, FileSystem, Trimmed } from '../commands/machine.ts';
import { QapiError } from '../protocol/qapi-error.ts';
import type { DiskMount } from './disk-mounts.ts';

/** What the kernel does with disks. Tests have none. */
export interface DiskKernel {
  readonly mounts: () => readonly DiskMount[];
  /** Opens a mount point; resolves to the descriptor. */
  readonly open: (path: string) => number;
  readonly close: (fd: number) => void;
  readonly freeze: (fd: number, path: string) => Promise<unknown>;
  readonly thaw: (fd: number, path: string) => void;
  /** Resolves to the bytes of blocks that hold nothing. */
  readonly trim: (path: string) => Promise<number>;
  readonly space: (path: string) => Promise<Pick<FileSystem, 'usedBytes' | 'totalBytes'>>;
}

/** Not a failure: the kind of file system cannot be frozen; or it is frozen already, by somebody else. */
const unfreezable: readonly (string | undefined)[] = ['EOPNOTSUPP', 'ENOTTY', 'EBUSY'];

interface OpenDisk extends DiskMount {
  readonly fd: number;
}

/**
 * The disks of the machine. What is frozen stays so for a limited time: a host that has forgotten the
 * machine, or has lost its agent, must not stop it for ever.
 */
export class MachineDisks implements Disks {
  readonly #kernel: DiskKernel;
  readonly #limitMs: number;
  readonly #log: Pick<Logger, 'notice' | 'warn'>;
  #frozen: OpenDisk[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** They were thawed because of the limit, and no host knows yet. */
  #isLate = false;

  constructor(kernel: DiskKernel, limitMs: number, log: Pick<Logger, 'notice' | 'warn'>) {
    this.#kernel = kernel;
    this.#limitMs = limitMs;
    this.#log = log;
  }

  /** Also while they are being frozen. */
  get isFrozen(): boolean {
    return this.#timer !== undefined;
  }

  /** The last one first: what is mounted on a file of another one has to reach that. */
  async freeze(mountPoints?: readonly string[]): Promise<number> {
    const isWanted = ({ mountPoint }: DiskMount): boolean => mountPoints?.includes(mountPoint) ?? true;
    const disks = this.#kernel.mounts().filter(isWanted).reverse();
    this.#isLate = false;
    this.#timer = setTimeout(() => this.#thawLate(), this.#limitMs);
    for (const disk of disks) await this.#freezeOne(disk);
    return this.#frozen.length;
  }

  /** @throws QapiError once they were thawed because of the limit */
  thaw(): number {
    const count = this.#thawAll();
    if (!this.#isLate) return count;
    this.#isLate = false;
    throw this.#lateError();
  }

  /** Ends a freeze of this process, or, when it begins, one of an earlier process that was killed. */
  close(): void {
    this.#thawAll();
  }

  thawLeftovers(): void {
    for (const disk of this.#kernel.mounts()) {
      const fd = this.#tryOpen(disk.path);
      if (fd === undefined) continue;
      if (this.#thawOne({ ...disk, fd })) this.#log.warn(`"${disk.mountPoint}" was frozen: thawed`);
    }
  }

  trim(): Promise<readonly Trimmed[]> {
    return Promise.all(
      this.#kernel.mounts().map(async ({ mountPoint: path, path: at }) => {
        try {
          return { path, result: { bytes: await this.#kernel.trim(at) } };
        } catch (thrown) {
          return { path, result: { error: reasonOf(thrown) } };
        }
      }),
    );
  }

  list(): Promise<readonly FileSystem[]> {
    return Promise.all(
      this.#kernel.mounts().map(async (disk) => ({ ...disk, ...(await this.#kernel.space(disk.path)) })),
    );
  }

  /** @throws QapiError after all are thawed again */
  async #freezeOne(disk: DiskMount): Promise<void> {
    let fd: number | undefined;
    try {
      fd = this.#kernel.open(disk.path);
      await this.#kernel.freeze(fd, disk.path);
      this.#frozen.push({ ...disk, fd });
    } catch (thrown) {
      if (fd !== undefined) this.#kernel.close(fd);
      if (!unfreezable.includes(codeOf(thrown))) {
        this.#thawAll();
        throw new QapiError(`Cannot freeze "${disk.mountPoint}": ${reasonOf(thrown)}`);
      }
    }
    // The limit has passed while the disk took what had been written.
    if (!this.#isLate) return;
    this.#thawAll();
    this.#isLate = false;
    throw this.#lateError();
  }

  #thawLate(): void {
    this.#isLate = true;
    const count = this.#thawAll();
    this.#log.warn(`thawed ${count} file systems after ${this.#limitMs / 1000} s, since no host did`);
  }

  #thawAll(): number {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // In the order in which they were mounted.
    const frozen = this.#frozen.reverse();
    this.#frozen = [];
    return frozen.filter((disk) => this.#thawOne(disk)).length;
  }

  /** False: it was not frozen. */
  #thawOne({ fd, path }: OpenDisk): boolean {
    try {
      this.#kernel.thaw(fd, path);
      return true;
    } catch {
      return false;
    } finally {
      this.#kernel.close(fd);
    }
  }

  #tryOpen(path: string): number | undefined {
    try {
      return this.#kernel.open(path);
    } catch {
      return undefined;
    }
  }

  #lateError(): QapiError {
    return new QapiError(
      `The file systems were thawed ${this.#limitMs / 1000} s after the freeze, which is the limit: ` +
        'what was copied since then may not be consistent',
    );
  }
}
