import { mkdir, open, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { blockDeviceBytes } from '../../lib/linux/mount/block-device.ts';
import { attachLoop, type LoopDevice } from '../../lib/linux/mount/loop.ts';
import type { ProgramResult } from '../../lib/linux/process/run-to-end.ts';

/** Bytes of a LUKS2 header as cryptsetup makes it. */
const headerBytes = 16 << 20;

/**
 * In place of device mapper, which the kernels of containers and of many hosts lack: cryptsetup makes headers
 * and checks keys, and what lies behind a header is shown as it is, by a loop device.
 */
export class LoopMapper {
  readonly #run: RunProgram;
  readonly #folder: string;
  readonly #opened: { readonly link: string; readonly loop: LoopDevice }[] = [];

  constructor(run: RunProgram, folder: string) {
    this.#run = run;
    this.#folder = folder;
  }

  readonly run: RunProgram = async (name, args, input) => {
    const [verb, ...rest] = args;
    if (name !== 'cryptsetup' || verb !== 'open') return this.#run(name, args, input);
    const [device = '', mapping = ''] = rest.splice(-2);
    const tried = await this.#run(name, ['open', '--test-passphrase', ...rest, device], input);
    if (tried.status === 0) await this.#show(device, mapping);
    return tried;
  };

  async #show(device: string, name: string): Promise<void> {
    const part = { start: headerBytes, bytes: (await bytesOf(device)) - headerBytes };
    const loop = attachLoop(device, { writable: true, part, sectorBytes: 512 });
    const link = join(this.#folder, name);
    await mkdir(this.#folder, { recursive: true });
    await symlink(loop.device, link);
    this.#opened.push({ link, loop });
  }

  readonly close = async (): Promise<void> => {
    for (const { link, loop } of this.#opened.splice(0)) {
      await rm(link);
      loop.close();
    }
  };
}

async function bytesOf(path: string): Promise<number> {
  await using device = await open(path);
  return blockDeviceBytes(device.fd, path);
}

/** A program that is cut off by the power: it has not begun. */
export const cutOff = (): Promise<ProgramResult> => Promise.reject(new Error('the power is gone'));
