import type { Command } from 'commander';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Cache } from '../../cache/cache.ts';
import { collectGarbage } from '../../cache/gc.ts';
import { emptyCache } from '../../cache/usage.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { outdatedNames } from '../../packages/outdated.ts';
import { sweepRecords } from '../../verify/record.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type JsonFlag, namesOf, show, verb } from './verb.ts';

export function addRemove(command: Command, context: Context): void {
  verb(command, 'rm <name...>')
    .description('forget images; kit cache gc then removes what only they needed')
    .action(async (names: string[], flags: JsonFlag) => {
      const cache = cacheOf(context);
      for (const name of names) await removeImage(cache, name);
      show(context, flags, { removed: names }, '');
    });
}

async function removeImage(cache: Cache, text: string): Promise<void> {
  if (await cache.refs.remove(text)) return;
  for (const name of namesIfAny(text)) if (await cache.refs.remove(name)) return;
  throw new KitError(`Cannot remove "${text}": no image of the cache has this name`, {
    hint: 'kit cache ls lists them',
  });
}

/** Names of images that came from files (`oci:…`) are no references. */
function namesIfAny(text: string): string[] {
  try {
    return namesOf(text);
  } catch {
    return [];
  }
}

export function addGarbage(command: Command, context: Context): void {
  verb(command, 'gc')
    .description(
      'remove builds that were replaced by newer ones, and the blobs and layers that no image needs',
    )
    .action(async (flags: JsonFlag) => {
      const cache = cacheOf(context);
      await sweepRecords(cache.dir);
      const freed = await collectGarbage(cache, (refs) => outdatedNames(cache.dir, refs));
      show(context, flags, freed, `Removed ${freed.files} files, ${sizeText(freed.bytes)}\n`);
    });
}

export function addClean(command: Command, context: Context): void {
  verb(command, 'clean')
    .description('empty the whole cache')
    .action(async (flags: JsonFlag) => {
      const { files, bytes } = await emptyCache(cacheOf(context));
      show(context, flags, { files, bytes }, `Removed ${files} files, ${sizeText(bytes)}\n`);
    });
}
