import { existsSync } from 'node:fs';
import { type RunProgram, succeed } from '../run-program.ts';

/** Sectors of 512 bytes that are not encrypted: the header that tells the next boot what it is. */
const plainSectors = 2048;

/**
 * Opens swap space of a file or device encrypted by a key that cryptsetup draws and only the kernel knows, as
 * /dev/mapper/swapfile. What the path held is lost. @returns the device to swap to @throws KitError
 */
export async function openEncryptedSwap(path: string, run: RunProgram): Promise<string> {
  const name = freeName();
  const device = `/dev/mapper/${name}`;
  await succeed(run, `make swap space of "${path}"`, ['mkswap', '--quiet', '--label', 'encrypted', path]);
  await openThrowAway(path, name, run);
  await succeed(run, `make swap space of "${device}"`, ['mkswap', '--quiet', device]);
  return device;
}

/**
 * Opens all but the first MiB as /dev/mapper/NAME, with a key that cryptsetup draws and only the kernel
 * knows. The first MiB has the header of swap space, so that the next boot takes the rest neither for data
 * nor for an empty disk. @throws KitError
 */
export async function openThrowAway(path: string, name: string, run: RunProgram): Promise<void> {
  const key = ['--cipher', 'aes-xts-plain64', '--key-size', '512', '--key-file', '/dev/urandom'];
  const layout = ['--type', 'plain', '--offset', String(plainSectors)];
  await succeed(run, `encrypt "${path}"`, ['cryptsetup', 'open', ...layout, ...key, path, name]);
}

/** `swapfile` is LinuxKit's; a machine may have several. */
function freeName(): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'swapfile' : `swapfile${number}`;
    if (!existsSync(`/dev/mapper/${name}`)) return name;
  }
}
