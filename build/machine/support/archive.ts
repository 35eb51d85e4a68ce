import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { visible, visibleText } from '../../../lib/errors/visible.ts';
import { maskSecrets } from '../../../lib/report/mask.ts';
import { gzipBytes } from '../../binary/gzip/gzip.ts';

/** A file of the archive: `host/kit.json`. */
export interface SupportFile {
  readonly name: string;
  readonly text: string;
  /** A description for users. */
  readonly what: string;
}

/** A part that could not be obtained. */
export interface MissingPart {
  readonly name: string;
  readonly why: string;
}

/** The written archive, as `--json` prints it. */
export interface SupportArchive {
  readonly file: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly what: string }[];
  readonly missing: readonly MissingPart[];
}

/**
 * Writes a tar.gz with the files, sorted by name, below a folder called `name` with a MANIFEST. Secrets are
 * masked, and control characters escaped, since people read the files on terminals. Equal files give equal
 * bytes. The archive appears when it is complete, and only its owner may read it.
 */
export async function writeSupport(
  file: string,
  name: string,
  wanted: readonly SupportFile[],
  missing: readonly MissingPart[],
): Promise<SupportArchive> {
  const files = wanted
    .map((one) => ({ ...one, what: visible(one.what), text: visibleText(maskSecrets(one.text)) }))
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

/** A line for each file, and for each missing part. */
export function manifestText(files: SupportArchive['files'], missing: readonly MissingPart[]): string {
  const width = Math.max(0, ...files.map(({ name }) => name.length));
  const lines = files.map(
    ({ name, bytes, what }) => `${name.padEnd(width)}  ${String(bytes).padStart(9)}  ${what}`,
  );
  const without = missing.map(({ name, why }) => `MISSING ${name}: ${why}`);
  return [...lines, ...without, ''].join('\n');
}
