import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { PlannedFile } from './planned.ts';

/** Writes the files below a folder, each whole or not at all; returns what failed, in sentences. */
export function writeFiles(folder: string, files: readonly PlannedFile[]): string[] {
  return files.flatMap(({ path, mode, content }) => {
    try {
      writeWhole(join(folder, path), mode, content);
      return [];
    } catch (error) {
      return [`Cannot write "${path}": ${reasonOf(error)}`];
    }
  });
}

function writeWhole(path: string, mode: number, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  // Created for root alone: what is secret must not be open to others even for a moment. The folder is a tmpfs: no fsync.
  writeFileSync(beside, content, { mode: 0o600 });
  chmodSync(beside, mode);
  renameSync(beside, path);
}
