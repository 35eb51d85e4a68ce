import { writeWhole } from '../../cache/write.ts';

/** Writes indented JSON that only the owner may read, atomically: readers see the old file or the new one. */
export function writePrivateJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value, null, 2)}\n`, 0o600);
}
