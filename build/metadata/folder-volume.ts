import { readdir, readFile, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { tooLong, type Volume } from '../../lib/volumes/volume.ts';

/** A folder with the files of a data volume, before a tool makes one of it. */
export function folderVolume(folder: string): Volume {
  return {
    kind: 'ISO 9660',
    label: async () => '',
    names: () => readdir(folder),
    async read(path, limit) {
      const whole = join(folder, normalize(`/${path}`));
      try {
        const found = await stat(whole);
        if (!found.isFile()) return undefined;
        if (found.size > limit) throw tooLong(path, limit);
        return await readFile(whole);
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
        throw error;
      }
    },
  };
}
