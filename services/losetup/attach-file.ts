import { closeSync, constants, fsyncSync, openSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { allocate } from '../../lib/linux/io/allocate.ts';
import { attachLoop } from '../../lib/linux/mount/loop.ts';
import type { LosetupSettings } from './arguments.ts';

/** Attaches a file to a loop device, which stays when this program has ended. @throws KitError */
export function attachFile({ file, create, device }: LosetupSettings, say: (line: string) => void): void {
  if (!isThere(file)) {
    if (create === undefined)
      throw new KitError(`Cannot attach "${file}": it is not there`, { hint: '-c makes it' });
    makeFile(file, create);
    say(`made ${file} of ${create} bytes`);
  }
  try {
    attachLoop(file, { writable: true, sectorBytes: 512, partitions: true, stays: true, device }).close();
  } catch (thrown) {
    throw failed(file, device, thrown);
  }
  say(`${device} is ${file}`);
}

function isThere(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw new KitError(`Cannot attach "${file}": it is no file`);
  return stats !== undefined;
}

function makeFile(file: string, bytes: number): void {
  try {
    makeFolder(dirname(file));
    const fd = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      allocate(fd, bytes, file);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (thrown) {
    throw new KitError(`Cannot make "${file}" of ${bytes} bytes: ${reasonOf(thrown)}`, { cause: thrown });
  }
}

function failed(file: string, device: string, thrown: unknown): KitError {
  if (codeOf(thrown) !== 'EBUSY')
    return new KitError(`Cannot attach "${file}": ${reasonOf(thrown)}`, { cause: thrown });
  return new KitError(`Cannot attach "${file}" to "${device}": "${fileOf(device)}" is attached there`, {
    hint: 'the layers of a machine have the first ones: -d /dev/loop100, which is made if it is not there',
    cause: thrown,
  });
}

function fileOf(device: string): string {
  try {
    return readFileSync(`/sys/block/${basename(device)}/loop/backing_file`, 'utf8').trim();
  } catch {
    return 'another file';
  }
}
