import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** For parsers of files: calls back with the path of a file with these bytes, the same one every time. */
export async function inFile(
  bytes: Uint8Array | string,
  use: (file: string) => Promise<void>,
  name = 'input',
): Promise<void> {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'kit-fuzz-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const file = join(folder, name);
  writeFileSync(file, bytes);
  await use(file);
}
