import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { tarBytes, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { type JsonFlag, namesOf, show, verb } from './verb.ts';

interface Moved {
  readonly name: string;
  readonly digest: string;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

interface ImportFlags extends JsonFlag {
  readonly name?: string;
  readonly platform: string;
}

export function addImport(command: Command, context: Context): void {
  verb(command, 'import <file>')
    .description(
      'take images from an OCI layout (tar or folder), from docker save, or a file system from a tar',
    )
    .option('--name <name>', 'the name of the image in the cache, where the archive has one')
    .option('--platform <platform>', 'what a file system is for', `linux/${hostArch}`)
    .action(async (file: string, flags: ImportFlags) => {
      const { importFile } = await import('../../transfer/archives/import-file.ts');
      const cache = cacheOf(context);
      const title = file === '-' ? 'standard input' : file;
      const images = await importFile(
        file === '-' ? context.stdin : resolve(context.cwd, file),
        title,
        { os: 'linux', architecture: flags.platform.split('/')[1] ?? hostArch },
        cache,
      );
      const moved: Moved[] = [];
      if (flags.name !== undefined && images.length > 1) {
        throw new KitError(
          `Cannot name ${images.length} images of "${title}" "${flags.name}": it is for one`,
          { exitCode: 2 },
        );
      }
      for (const { names, descriptor } of images) {
        const wanted = flags.name === undefined ? names : namesOf(flags.name).slice(1);
        if (wanted.length === 0) {
          throw new KitError(
            `Cannot import image "${descriptor.digest}" of "${title}": it has no name there`,
            {
              hint: '--name gives it one',
            },
          );
        }
        for (const name of wanted) {
          await cache.refs.set(name, descriptor);
          moved.push({ name, digest: descriptor.digest });
        }
      }
      show(context, flags, moved, table(moved.map(({ name, digest }) => [name, digest])));
    });
}

interface ExportFlags extends WorkFlags, JsonFlag {
  readonly outfile?: string;
  readonly format: string;
  readonly platform: readonly string[];
  readonly name?: string;
}

export function addExport(command: Command, context: Context): void {
  verb(command, 'export <name>')
    .description('write an image of the cache as an archive')
    .option('-o, --outfile <file>', 'where it goes; - for standard output (default: its name and .tar)')
    .option('--format <format>', 'oci, docker or filesystem', 'oci')
    .option(
      '--platform <platform>',
      'linux/amd64; for oci it may be repeated (default: all that are there)',
      collect,
      [],
    )
    .option('--name <name>', 'the name inside the archive (default: its own)')
    .action(async (text: string, flags: ExportFlags) => {
      const { exportEntries, exportFormats } = await import('../../images/export-entries.ts');
      const format = exportFormats.find((one) => one === flags.format);
      if (!format) {
        throw new KitError(`Cannot export as "${flags.format}": want ${exportFormats.join(', ')}`, {
          exitCode: 2,
        });
      }
      const as = flags.name === undefined ? undefined : namesOf(flags.name)[1];
      const wish = { names: namesOf(text), format, platforms: flags.platform, as };
      const entries = await exportEntries(wish, workFor(context, flags));
      if (flags.outfile === '-') {
        await pipeline(Readable.from(tarBytes(entries)), context.stdout, { end: false });
        return;
      }
      const file = flags.outfile ?? `${basename(text).replaceAll(/[:@]/g, '-')}.tar`;
      const { size, digest } = await writeTar(resolve(context.cwd, file), entries);
      show(context, flags, { file: resolve(context.cwd, file), bytes: size, digest }, `${file}\n`);
    });
}
