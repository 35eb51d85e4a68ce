import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTool } from '../../../build/tools/command.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { nameOfBytes, pathOnDisk } from '../../../lib/archive/file-names.ts';
import type { StoredEntry } from '../../../lib/archive/tar.ts';
import { removeTree } from '../../support/needs.ts';

/** What an archive says of a file; of a hard link, what it says of the file. */
export interface Row {
  readonly type: string;
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
  readonly linkname: string;
  readonly sha256: string;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** The files below a folder, by their paths. */
export function filesBelow(folder: string, below = ''): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const bytes of readdirSync(pathOnDisk(folder), { encoding: 'buffer' })) {
    const name = nameOfBytes(bytes);
    const [path, shown] = [pathOnDisk(join(folder, name)), join(below, name)];
    const stats = lstatSync(path, { bigint: true });
    const mtime = Number(stats.mtimeNs / 1_000_000_000n);
    const row = { mode: Number(stats.mode & 0o7777n), size: 0, mtime, linkname: '', sha256: '' };
    if (stats.isSymbolicLink()) {
      const linkname = nameOfBytes(readlinkSync(path, { encoding: 'buffer' }));
      rows.set(shown, { ...row, type: 'symlink', linkname });
    } else if (stats.isDirectory()) {
      rows.set(shown, { ...row, type: 'directory' });
      for (const [inner, one] of filesBelow(join(folder, name), shown)) rows.set(inner, one);
    } else {
      const content = readFileSync(path);
      rows.set(shown, { ...row, type: 'file', size: content.length, sha256: hashOf(content) });
    }
  }
  return rows;
}

/** The entries of an archive, by their paths. */
export async function rowsOf(entries: AsyncIterable<StoredEntry>): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for await (const { path, type, mode, size, mtime, linkname, body } of entries) {
    const target = rows.get(linkname);
    if (type === 'hardlink' && target) rows.set(path, target);
    else if (path !== '') {
      const hash = createHash('sha256');
      for await (const piece of body) hash.update(piece);
      const sha256 = type === 'file' ? hash.digest('hex').slice(0, 12) : '';
      rows.set(path, { type, mode, size, mtime, linkname, sha256 });
    }
  }
  return rows;
}

/** Names of up to 100 bytes, and times after 1970: what every format can hold. */
export function makeEasyTree(folder: string): void {
  mkdirSync(folder, { recursive: true });
  makeFile(folder, 'plain', 'plain\n', 0o640);
  makeFile(folder, 'empty', '');
  makeFile(folder, 'd/größe', 'UTF-8');
  makeFile(folder, 'd/caf\udce9.txt', 'Latin-1', 0o755);
  makeFile(folder, 'd/\ufeffmark', 'a byte order mark');
  makeFile(folder, 'd/ blank ', Buffer.alloc(512, 'x'));
  symlinkSync(pathOnDisk('caf\udce9.txt'), pathOnDisk(join(folder, 'd/li\udcffnk')));
  linkSync(join(folder, 'plain'), join(folder, 'other name'));
  utimesSync(join(folder, 'plain'), 1_700_000_000.25, 1_700_000_000.25);
  chmodSync(join(folder, 'd'), 0o1750);
}

/** The same, and what only some formats can hold. */
export function makeHardTree(folder: string): void {
  makeEasyTree(folder);
  const long = `${'l'.repeat(150)}/${'\udce9'.repeat(200)}`;
  makeFile(folder, long, 'long');
  symlinkSync(`../${'t'.repeat(150)}`, join(folder, 'far'));
  makeFile(folder, 'old', 'before 1970');
  utimesSync(join(folder, 'old'), new Date(-1_000_000), new Date(-1_000_000));
  makeSparse(join(folder, 'sparse'), 3 << 20, [
    [0, 'begin'],
    [(3 << 20) - 3, 'end'],
  ]);
  makeSparse(join(folder, 'hole'), 1 << 20, []);
  makeSparse(
    join(folder, 'parts'),
    10 << 20,
    Array.from({ length: 60 }, (_, at) => [at * (160 << 10), `part ${at}`]),
  );
}

/** With its parents, of mode 0755. */
export function makeFile(folder: string, path: string, content: string | Buffer, mode = 0o644): void {
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    mkdirSync(pathOnDisk(join(folder, parent)), { recursive: true });
    chmodSync(pathOnDisk(join(folder, parent)), 0o755);
  }
  writeFileSync(pathOnDisk(join(folder, path)), content);
  chmodSync(pathOnDisk(join(folder, path)), mode);
}

export function makeSparse(
  path: string,
  size: number,
  parts: readonly (readonly [number, string])[],
  mode = 0o644,
): void {
  const file = openSync(pathOnDisk(path), 'w');
  for (const [at, text] of parts) writeSync(file, text, at);
  ftruncateSync(file, size);
  closeSync(file);
  chmodSync(pathOnDisk(path), mode);
}

export interface TarWorld extends Disposable {
  readonly folder: string;
  readonly easy: string;
  readonly hard: string;
  /** Runs a program of the tree in a folder; resolves to its stdout. */
  run(cwd: string, program: string, ...args: readonly string[]): Promise<string>;
}

/** A temporary folder with both trees. */
export function tarWorld(tools: Tools): TarWorld {
  const folder = mkdtempSync(join(tmpdir(), 'field-tar-'));
  const [easy, hard] = [join(folder, 'easy'), join(folder, 'hard')];
  makeEasyTree(easy);
  makeHardTree(hard);
  const { signal } = new AbortController();
  const env = { PYTHONHOME: join(tools.dir, 'usr'), TMPDIR: folder };
  return {
    ...{ folder, easy, hard },
    run: async (cwd, program, ...args) => (await runTool(tools, program, args, { signal, cwd, env })).stdout,
    [Symbol.dispose]: () => removeTree(folder),
  };
}
