import { KitError } from '../../../lib/errors/errors.ts';
import type { Cache } from '../../cache/cache.ts';
import { collectGarbage } from '../../cache/gc.ts';
import { emptyCache } from '../../cache/usage.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { subcommand } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { outdatedNames } from '../../packages/outdated.ts';
import { sweepRecords } from '../../verify/record.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { imageNames } from './image-names.ts';

export function addRemove(command: KitCommand, context: Context): void {
  withJson(subcommand(command, 'rm <image...>'))
    .description('remove images; kit cache gc then removes the layers that only they used')
    .action(async (names: string[], flags: JsonFlag) => {
      const cache = cacheOf(context);
      for (const name of names) await removeImage(cache, name, context.cwd);
      printResult(context, flags, { removed: names }, '');
    });
}

async function removeImage(cache: Cache, text: string, cwd: string): Promise<void> {
  if (await cache.refs.remove(text)) return;
  for (const name of imageNames(text, cwd)) if (await cache.refs.remove(name)) return;
  throw new KitError(`Cannot remove "${text}": no image of the cache has this name`, {
    hint: 'kit cache ls lists the images',
  });
}

export function addGarbage(command: KitCommand, context: Context): void {
  withJson(subcommand(command, 'gc'))
    .description('remove superseded builds, and blobs and layers that no image uses')
    .action(async (flags: JsonFlag) => {
      const cache = cacheOf(context);
      await sweepRecords(cache.dir);
      const freed = await collectGarbage(cache, (refs) => outdatedNames(cache.dir, refs));
      printResult(context, flags, freed, `Removed ${freed.files} files, ${sizeText(freed.bytes)}\n`);
    });
}

export function addClean(command: KitCommand, context: Context): void {
  withJson(subcommand(command, 'clean'))
    .description('remove everything in the cache')
    .action(async (flags: JsonFlag) => {
      const { files, bytes } = await emptyCache(cacheOf(context));
      printResult(context, flags, { files, bytes }, `Removed ${files} files, ${sizeText(bytes)}\n`);
    });
}
