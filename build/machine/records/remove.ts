import { lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../lib/errors/errors.ts';
import { sizeText } from '../../host/table.ts';
import { isLive } from './find.ts';
import { machinesDir } from './folder.ts';
import { isAlive } from './process.ts';
import { readRecord } from './record.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What is lost with a machine's folder; sizes are those on the disk. */
export interface FolderContents {
  readonly bytes: number;
  /**
   * Its disks without a path of their own, which hold what the machine has written, and the state of its TPM,
   * which holds the keys of others.
   */
  readonly disks: readonly { readonly file: string; readonly bytes: number }[];
}

/** Where build/backend/request/disks.ts places disks without a path, and build/qemu the state of a TPM. */
const isDisk = (name: string): boolean => /^(?:disk\d+\.img|tpm\/tpm2-00\.permall)$/.test(name);

export async function folderContents(dir: string): Promise<FolderContents> {
  const names = await readdir(dir, { recursive: true }).catch((): string[] => []);
  const sizes = await Promise.all(
    names.map(async (file) => ({ file, bytes: await bytesOnDisk(join(dir, file)) })),
  );
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    disks: sizes.filter(({ file }) => isDisk(file)),
  };
}

/** `disk0.img (1.2 GB), disk1.img (4 kB)` */
export function disksText({ disks }: FolderContents): string {
  return disks.map(({ file, bytes }) => `${file} (${sizeText(bytes)})`).join(', ');
}

/**
 * Removes the folder of a machine that has ended: moved away first, so that no process sees it half removed.
 * If another kit took the name in the meantime, its folder is moved back.
 */
export async function removeFolder(env: Env, dir: string): Promise<void> {
  const aside = await mkdtemp(join(machinesDir(env), '.old-'));
  if (await renamed(dir, aside, ['ENOENT'])) {
    const record = await readRecord(aside);
    const isTaken = record !== undefined && isLive({ dir: aside, record }) && isAlive(record.owner);
    if (isTaken && (await renamed(aside, dir, ['ENOTEMPTY', 'EEXIST']))) return;
  }
  await rm(aside, { recursive: true, force: true });
}

/** False when rename(2) fails with one of these codes. */
export async function renamed(from: string, to: string, codes: readonly string[]): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (codes.includes(codeOf(thrown) ?? '')) return false;
    throw thrown;
  }
}

/** Disks are sparse: their length says little. 0 for a file that is gone. */
const bytesOnDisk = (path: string): Promise<number> =>
  lstat(path).then(
    ({ blocks }) => blocks * 512,
    () => 0,
  );
