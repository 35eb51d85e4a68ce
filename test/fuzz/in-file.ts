import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Removed at the end of the process; a worker of vitest has to do it itself. */
export const folder = resolve(tmpdir(), `kit-fuzz-${process.pid}`);

/** For parsers of files: calls back with the path of a file with these bytes, the same one every time. */
export async function inFile(
  bytes: Uint8Array | string,
  use: (file: string) => Promise<void>,
  name = 'input',
): Promise<void> {
  if (!existsSync(folder)) {
    mkdirSync(folder, 0o700);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  const file = join(folder, name);
  writeFileSync(file, bytes);
  await use(file);
}
