import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { runTool } from '../tools/command.ts';
import type { Tools } from '../tools/tree.ts';
import type { DiskFormat } from './boot-media.ts';
import { parseSize } from './sizes.ts';

export interface Disk {
  /** Absolute; undefined: one of the machine's own, `disk<i>.img` where its state is. */
  readonly path: string | undefined;
  readonly format: DiskFormat;
  /** Makes the file when it is missing. */
  readonly sizeBytes: number | undefined;
}

/** A disk that has its place. */
export type PlacedDisk = Disk & { readonly path: string };

/** By QEMU's names. */
const formats: Readonly<Record<DiskFormat, string>> = {
  raw: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vhd: 'vpc',
};

export const qemuFormat = (format: DiskFormat): string => formats[format];

/**
 * Reads `[file=]PATH[,size=1G][,format=raw|qcow2|vmdk|vhd]`, in any order. The format of a file is what its name ends
 * in, raw otherwise, and never guessed from its contents, which the guest can write: a guest could turn itself into
 * an overlay of any file of the host.
 */
export function parseDisk(text: string, cwd: string): Disk {
  const { file = '', size, format = formatNamed(file) } = optionsOf(text);
  if (!isFormat(format)) throw unreadable(text, `no format "${format}"`);
  if (file === '' && size === undefined) throw unreadable(text, 'the path is missing');
  const sizeBytes = size === undefined ? undefined : parseSize('the size of a disk', size, 'g');
  return { path: file === '' ? undefined : resolve(cwd, file), format, sizeBytes };
}

const known = ['file', 'size', 'format'] as const;
type Options = Partial<Record<(typeof known)[number], string>>;

function optionsOf(text: string): Options {
  const options: Options = {};
  for (const [index, part] of text.split(',').entries()) {
    const [, key, value] = /^([a-z]+)=(.*)$/.exec(part) ?? [];
    const name = known.find((one) => one === key);
    if (name) options[name] = value ?? '';
    else if (index === 0 && key === undefined) options.file = part;
    else throw unreadable(text, `no option "${key ?? part}"`);
  }
  return options;
}

const formatNamed = (path: string): string => /\.(qcow2|vmdk|vhd)$/.exec(path)?.[1] ?? 'raw';

const isFormat = (name: string): name is DiskFormat => Object.hasOwn(formats, name);

const unreadable = (text: string, why: string): KitError =>
  new KitError(`Cannot read disk "${text}": ${why}`, {
    hint: 'want PATH[,size=1G][,format=raw|qcow2|vmdk|vhd], or size=1G alone',
    exitCode: 2,
  });

/** Gives each disk without a path one in that folder, numbered among all disks. */
export function placeDisks(disks: readonly Disk[], folder: string): PlacedDisk[] {
  return disks.map((disk, index) => ({ ...disk, path: disk.path ?? join(folder, `disk${index}.img`) }));
}

/** Makes the disks that are missing and have a size. */
export async function makeDisks(
  disks: readonly PlacedDisk[],
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
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
  { path, format }: PlacedDisk,
  sizeBytes: number,
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new-${process.pid}`;
  try {
    await runTool(tools, 'qemu-img', ['create', '-q', '-f', qemuFormat(format), beside, String(sizeBytes)], {
      signal,
    });
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
