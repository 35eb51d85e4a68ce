import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';

/** Writes a small file whole or not at all: beside its place, to the disk, then renamed. */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const part = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(part, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    throw codeOf(thrown) === 'ENOSPC' ? noSpace(path, thrown) : thrown;
  }
}

/** JSON of `value` with keys in the order given, ending in a newline. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value)}\n`);
}

/** A small file is written in milliseconds; one that is still unfinished after this time belongs to nobody. */
const oldMs = 60_000;

/** Removes what `writeWhole` began in this folder, in a process that was killed. */
export async function removeOldParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((found) => found.endsWith('.part'))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > oldMs) await rm(path, { force: true });
  }
}
