import type { Command } from 'commander';
import { KitError } from '../../lib/errors/errors.ts';
import { type Cache, openCache } from '../cache/cache.ts';
import { collectGarbage } from '../cache/gc.ts';
import { emptyCache, listFolders, listImages } from '../cache/usage.ts';
import type { Context } from '../context.ts';
import { supersededNames } from '../packages/superseded.ts';
import { cacheDir } from '../paths.ts';
import { parse, program } from './program.ts';
import { sizeText, table } from './table.ts';

interface Flags {
  readonly json?: boolean;
}

/** `kit cache ls|rm|clean|gc`. */
export function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('cache', context)
    .description(
      'Look at and clean the cache of images, layers, tools and downloads. All of it can be made again.',
    )
    .addHelpText('after', examples);
  addList(command, context);
  addRemove(command, context);
  addGarbage(command, context);
  addClean(command, context);
  return parse(command, args);
}

const examples = `
Examples:
  kit cache ls                     the images, and what the folders of the cache take
  kit cache rm kit/sshd:3f2a9c…    forget an image
  kit cache gc                     remove what no image needs any more

KIT_CACHE chooses another folder.`;

function addList(command: Command, context: Context): void {
  verb(command, 'ls')
    .description('list the images, and what the folders of the cache take')
    .action(async (flags: Flags) => {
      const cache = openCache(cacheDir(context.env));
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

function addRemove(command: Command, context: Context): void {
  verb(command, 'rm <name...>')
    .description('forget images; kit cache gc then removes what only they needed')
    .action(async (names: string[], flags: Flags) => {
      const cache = openCache(cacheDir(context.env));
      for (const name of names) await removeImage(cache, name);
      show(context, flags, { removed: names }, '');
    });
}

async function removeImage(cache: Cache, name: string): Promise<void> {
  if (await cache.refs.remove(name)) return;
  throw new KitError(`Cannot remove "${name}": no image of the cache has this name`, {
    hint: 'kit cache ls lists them',
  });
}

function addGarbage(command: Command, context: Context): void {
  verb(command, 'gc')
    .description(
      'remove builds that were replaced by newer ones, and the blobs and layers that no image needs',
    )
    .action(async (flags: Flags) => {
      const cache = openCache(cacheDir(context.env));
      const freed = await collectGarbage(cache, (refs) => supersededNames(cache.dir, refs));
      show(context, flags, freed, `Removed ${freed.files} files, ${sizeText(freed.bytes)}\n`);
    });
}

function addClean(command: Command, context: Context): void {
  verb(command, 'clean')
    .description('empty the whole cache')
    .action(async (flags: Flags) => {
      const { files, bytes } = await emptyCache(openCache(cacheDir(context.env)));
      show(context, flags, { files, bytes }, `Removed ${files} files, ${sizeText(bytes)}\n`);
    });
}

function verb(command: Command, usage: string): Command {
  return command
    .command(usage)
    .option('--json', 'print JSON')
    .option('--debug', 'show stack traces of errors');
}

function show(context: Context, { json }: Flags, value: unknown, text: string): void {
  context.stdout.write(json ? `${JSON.stringify(value)}\n` : text);
}
