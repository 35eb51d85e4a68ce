import type { Command } from 'commander';
import { listFolders, listImages } from '../../cache/usage.ts';
import type { Context } from '../../host/context.ts';
import { sizeText, table } from '../../host/table.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type JsonFlag, show, verb } from './verb.ts';

export function addList(command: Command, context: Context): void {
  verb(command, 'ls')
    .description('list the images, and what the folders of the cache take')
    .action(async (flags: JsonFlag) => {
      const cache = cacheOf(context);
      const [images, folders] = [await listImages(cache), await listFolders(cache.dir)];
      const imageRows = images.map(({ name, arch, bytes }) => [
        name,
        arch,
        bytes === null ? 'damaged' : sizeText(bytes),
      ]);
      const folderRows = folders.map(({ folder, files, bytes }) => [folder, String(files), sizeText(bytes)]);
      const text = [
        table([['IMAGE', 'ARCH', 'SIZE'], ...imageRows]),
        table([['FOLDER', 'FILES', 'ON DISK'], ...folderRows]),
      ];
      show(context, flags, { dir: cache.dir, images, folders }, `${text.join('\n')}\n${cache.dir}\n`);
    });
}
