import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { type DiskFileFormat, isDiskFileFormat, qemuFormat } from '../../media/disk-format.ts';
import { runTool } from '../../tools/command.ts';
import type { Tools } from '../../tools/tree.ts';
import { parseSize } from './sizes.ts';

/** A data disk, as `--disk` describes it. */
export interface DiskOption {
  /** Absolute; undefined: `disk<i>.img` in the machine's folder, or in that of `--state`. */
  readonly path: string | undefined;
  readonly format: DiskFileFormat;
  /** Size of a file that has to be created; undefined: the file must exist. */
  readonly sizeBytes: number | undefined;
  /** By which the machine finds it (`match: {serial: …}` of a manifest's disks). */
  readonly serial?: string | undefined;
}

/** A data disk whose path is decided. */
export type DiskFile = DiskOption & { readonly path: string };

/**
 * Reads `[file=]PATH[,size=1G][,format=raw|qcow2|vmdk|vhd][,serial=TEXT]`, in any order; the path may have
 * commas in it. The format follows from the file name's ending (default: raw) and is never probed from the
 * contents: the guest writes those, and could turn its disk into a qcow2 overlay backed by any file of the
 * host.
 */
export function parseDisk(text: string, cwd: string): DiskOption {
  const { file = '', size, format = formatOfName(file), serial } = parseOptions(text);
  if (!isDiskFileFormat(format)) throw unreadable(text, `no format "${format}"`);
  if (file === '' && size === undefined) throw unreadable(text, 'the path is missing');
  if (serial !== undefined && !serialPattern.test(serial))
    throw unreadable(text, `"${serial}" is no serial number: 1 to 20 letters, digits and "_.-"`);
  const sizeBytes = size === undefined ? undefined : parseSize('the size of a disk', size, 'g');
  return { path: file === '' ? undefined : resolve(cwd, file), format, sizeBytes, serial };
}

/** VIRTIO_BLK_ID_BYTES: QEMU cuts a longer one. */
const serialPattern = /^[A-Za-z0-9_.-]{1,20}$/;

const optionNames = ['file', 'size', 'format', 'serial'] as const;
type Options = Partial<Record<(typeof optionNames)[number], string>>;

/** Behind the path, a part that is no option goes on with it: folders have commas in their names. */
function parseOptions(text: string): Options {
  const options: Options = {};
  let previous: string | undefined = 'file';
  for (const [index, part] of text.split(',').entries()) {
    const [, key = part, value] = /^([a-z]+)=(.*)$/.exec(part) ?? [];
    const name = optionNames.find((one) => one === key);
    if (name && value !== undefined) options[name] = value;
    else if (index === 0 && value === undefined) options.file = part;
    else if (!name && value === undefined && previous === 'file') options.file += `,${part}`;
    else throw unreadable(text, `no option "${key}"`);
    previous = name ?? previous;
  }
  return options;
}

const formatOfName = (path: string): string => /\.(qcow2|vmdk|vhd)$/.exec(path)?.[1] ?? 'raw';

const unreadable = (text: string, why: string): KitError =>
  new KitError(`Cannot read disk "${text}": ${why}`, {
    hint: 'expected PATH[,size=1G][,format=raw|qcow2|vmdk|vhd][,serial=TEXT], or size=1G without a path',
    exitCode: 2,
  });

/** Gives each disk without a path a file in that folder, numbered by its position among all disks. */
export function placeDisks(disks: readonly DiskOption[], folder: string): DiskFile[] {
  return disks.map((disk, index) => ({ ...disk, path: disk.path ?? join(folder, `disk${index}.img`) }));
}

/** Creates the files that are missing. @throws KitError for a missing file without a size */
export async function createDisks(
  disks: readonly DiskFile[],
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
    await createDisk(disk, disk.sizeBytes, tools, signal);
  }
}

async function createDisk(
  { path, format }: DiskFile,
  sizeBytes: number,
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
  makeFolder(dirname(path));
  // Renamed when complete, so that an interrupted qemu-img leaves no disk that looks usable.
  const unfinished = `${path}.new-${process.pid}`;
  const args = ['create', '-q', '-f', qemuFormat(format), unfinished, String(sizeBytes)];
  try {
    await runTool(tools, 'qemu-img', args, { signal });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
