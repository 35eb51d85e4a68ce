import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { runTool } from '../tools/command.ts';
import type { Tools } from '../tools/tree.ts';
import { parseSize } from './sizes.ts';

export type DiskFormat = 'raw' | 'qcow2';

export interface Disk {
  /** Absolute. */
  readonly path: string;
  readonly format: DiskFormat;
  /** Makes the file when it is missing. */
  readonly sizeBytes: number | undefined;
}

/**
 * Reads `[file=]PATH[,size=1G][,format=raw|qcow2]`. The format of a file whose name does not end in `.qcow2`
 * is raw, never guessed from its contents, which the guest can write: a guest could turn itself into an
 * overlay of any file of the host.
 */
export function parseDisk(text: string, cwd: string): Disk {
  const [first = '', ...rest] = text.split(',');
  const path = first.replace(/^file=/, '');
  const options = new Map(
    rest.map((part) => {
      const [key = '', value = ''] = part.split('=', 2);
      return [key, value];
    }),
  );
  const unknown = [...options.keys()].find((key) => key !== 'size' && key !== 'format');
  const format = options.get('format') ?? (path.endsWith('.qcow2') ? 'qcow2' : 'raw');
  if (path === '' || unknown !== undefined || (format !== 'raw' && format !== 'qcow2')) {
    const what =
      unknown === undefined
        ? path === ''
          ? 'the path is missing'
          : `no format "${format}"`
        : `no option "${unknown}"`;
    throw new KitError(`Cannot read disk "${text}": ${what}`, {
      hint: 'want PATH[,size=1G][,format=raw|qcow2]',
      exitCode: 2,
    });
  }
  const size = options.get('size');
  return {
    path: resolve(cwd, path),
    format,
    sizeBytes: size === undefined ? undefined : parseSize('the size of a disk', size, 'g'),
  };
}

/** Makes the disks that are missing and have a size. */
export async function makeDisks(disks: readonly Disk[], tools: Tools, signal: AbortSignal): Promise<void> {
  for (const disk of disks) {
    if (existsSync(disk.path)) continue;
    if (disk.sizeBytes === undefined) {
      throw new KitError(`Cannot use disk "${disk.path}": no such file`, {
        hint: `--disk ${disk.path},size=1G makes it`,
      });
    }
    await makeDisk(disk, disk.sizeBytes, tools, signal);
  }
}

async function makeDisk(
  { path, format }: Disk,
  sizeBytes: number,
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new-${process.pid}`;
  try {
    await runTool(tools, 'qemu-img', ['create', '-q', '-f', format, beside, String(sizeBytes)], { signal });
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
