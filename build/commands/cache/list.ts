import { listFolders, listImages } from '../../cache/usage.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { subcommand } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { sizeText, table } from '../../host/table.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

export function addList(command: KitCommand, context: Context): void {
  withJson(subcommand(command, 'ls'))
    .description('list the images, and the disk usage of the cache')
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
      printResult(context, flags, { dir: cache.dir, images, folders }, `${text.join('\n')}\n${cache.dir}\n`);
    });
}
