import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { maskSecrets } from '../../../lib/report/mask.ts';
import { gzipBytes } from '../../binary/gzip/gzip.ts';

/** A file of the archive: `host/kit.json`. */
export interface SupportFile {
  readonly name: string;
  readonly text: string;
  /** What it is, for people. */
  readonly what: string;
}

export interface Missing {
  readonly name: string;
  readonly why: string;
}

/** What was written, as `--json` shows it. */
export interface SupportArchive {
  readonly file: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly what: string }[];
  readonly missing: readonly Missing[];
}

/**
 * Writes the files, masked and in order of names, below a folder called `name`, with a MANIFEST of them. Equal files give
 * equal bytes. It appears when it is whole, for its owner alone.
 */
export async function writeSupport(
  file: string,
  name: string,
  wanted: readonly SupportFile[],
  missing: readonly Missing[],
): Promise<SupportArchive> {
  const files = wanted
    .map((one) => ({ ...one, text: maskSecrets(one.text) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const listed = files.map((one) => ({ name: one.name, bytes: Buffer.byteLength(one.text), what: one.what }));
  const entries = [
    tarEntry({ path: name, type: 'directory' }),
    textEntry(`${name}/MANIFEST`, manifestText(listed, missing)),
    ...files.map((one) => textEntry(`${name}/${one.name}`, one.text)),
  ];
  const part = `${file}.part`;
  try {
    await pipeline(gzipBytes(tarBytes(entries)), createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
  return { file, files: listed, missing };
}

/** A line for each file, and for each that could not be had. */
export function manifestText(files: SupportArchive['files'], missing: readonly Missing[]): string {
  const width = Math.max(0, ...files.map(({ name }) => name.length));
  const lines = files.map(
    ({ name, bytes, what }) => `${name.padEnd(width)}  ${String(bytes).padStart(9)}  ${what}`,
  );
  const without = missing.map(({ name, why }) => `MISSING ${name}: ${why}`);
  return [...lines, ...without, ''].join('\n');
}
