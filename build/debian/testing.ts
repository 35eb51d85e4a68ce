import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tarBytes, textEntry } from '../../lib/archive/tar.ts';
import { arBytes } from '../binary/ar/ar.ts';

/** A .deb with these fields and files; `data.tar.gz` unless `pack` gives another member. */
export async function debBytes(
  fields: Readonly<Record<string, string>>,
  entries: readonly TarEntry[],
  pack: (tar: Buffer) => Readonly<Record<string, Buffer>> = (tar) => ({ 'data.tar.gz': gzipSync(tar) }),
): Promise<Buffer> {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`);
  const control = await tarOf([textEntry('control', lines.join(''))]);
  const data = pack(await tarOf(entries));
  return arBytes({ 'debian-binary': Buffer.from('2.0\n'), 'control.tar.gz': gzipSync(control), ...data });
}

/** Writes a .deb of these files. */
export async function packDeb(
  file: string,
  fields: Readonly<Record<string, string>>,
  entries: readonly TarEntry[],
): Promise<void> {
  writeFileSync(file, await debBytes(fields, entries));
}

const tarOf = async (entries: readonly TarEntry[]): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(tarBytes(entries)));
