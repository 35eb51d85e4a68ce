import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';

/** Writes a small file completely or not at all: under another name, then fsync and rename. */
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

/** Writes `value` as JSON with its keys in their order, ending in a newline. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value)}\n`);
}

/** Writing a small file takes milliseconds: one unfinished for this long was left by a killed process. */
const oldMs = 60_000;

/** Removes unfinished files of `writeWhole` that killed processes left in this folder. */
export async function removeOldParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((found) => found.endsWith('.part'))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > oldMs) await rm(path, { force: true });
  }
}
