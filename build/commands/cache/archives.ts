import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { tarBytes, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { subcommand } from '../../cli/program.ts';
import { hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { cacheOf } from '../flags/cache-of.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { type PlatformsFlag, withPlatforms } from '../flags/platforms.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { foreignRef, fullName } from './image-names.ts';

interface ImportFlags extends JsonFlag {
  readonly name?: string;
  readonly platform: string;
}

export function addImport(command: KitCommand, context: Context): void {
  withJson(subcommand(command, 'import <file>'))
    .description(
      'import images from an OCI layout (tar or folder) or docker save, or a file system from a tar',
    )
    .option('--name <name>', 'name of the image in the cache (default: the name in the archive)')
    .option('--platform <platform>', 'platform of a file system', `linux/${hostArch}`)
    .action((file: string, flags: ImportFlags) => importImages(file, flags, context));
}

async function importImages(file: string, flags: ImportFlags, context: Context): Promise<void> {
  const { importFile } = await import('../../transfer/archives/import-file.ts');
  const cache = cacheOf(context);
  const title = file === '-' ? 'standard input' : file;
  const input = file === '-' ? context.stdin : resolve(context.cwd, file);
  const platform = { os: 'linux', architecture: flags.platform.split('/')[1] ?? hostArch } as const;
  const images = await importFile(input, title, platform, cache);
  if (flags.name !== undefined && images.length > 1) {
    throw new KitError(`Cannot name the images of "${title}" "${flags.name}": there are ${images.length}`, {
      exitCode: 2,
    });
  }
  for (const { fault } of images) if (fault) throw fault;
  const imported: { readonly name: string; readonly digest: string }[] = [];
  for (const { names, descriptor } of images) {
    for (const name of cacheNames(names, descriptor, title, flags)) {
      await cache.refs.set(name, descriptor);
      imported.push({ name, digest: descriptor.digest });
    }
  }
  printResult(context, flags, imported, table(imported.map(({ name, digest }) => [name, digest])));
}

function cacheNames(
  names: readonly string[],
  { digest }: Descriptor,
  title: string,
  flags: ImportFlags,
): readonly string[] {
  if (flags.name !== undefined) return [fullName(flags.name)];
  if (names.length > 0) return names;
  throw new KitError(`Cannot import image "${digest}" of "${title}": it has no name`, {
    hint: '--name sets one',
  });
}

interface ExportFlags extends WorkFlags, JsonFlag, PlatformsFlag {
  readonly outfile?: string;
  readonly format: string;
  readonly name?: string;
}

export function addExport(command: KitCommand, context: Context): void {
  withPlatforms(
    withJson(subcommand(command, 'export <image>')),
    'for oci all platforms of the image, else that of this host',
  )
    .description('write an image of the cache to an archive')
    .option('-o, --outfile <file>', 'the archive, or - for standard output (default: NAME.tar)')
    .option('--format <format>', 'oci, docker or filesystem', 'oci')
    .option('--name <name>', 'name of the image in the archive (default: the name in the cache)')
    .action((text: string, flags: ExportFlags) => exportImage(text, flags, context));
}

async function exportImage(text: string, flags: ExportFlags, context: Context): Promise<void> {
  const { exportEntries, exportFormats } = await import('../../images/export-entries.ts');
  const format = exportFormats.find((one) => one === flags.format);
  if (!format) {
    throw new KitError(`Cannot export as "${flags.format}": expected ${exportFormats.join(', ')}`, {
      exitCode: 2,
    });
  }
  const as = flags.name === undefined ? undefined : fullName(flags.name);
  const options = { ref: foreignRef(text, context.cwd), format, platforms: flags.platform, as };
  const entries = await exportEntries(options, workFor(context, flags));
  if (flags.outfile === '-') {
    await pipeline(Readable.from(tarBytes(entries)), context.stdout, { end: false });
    return;
  }
  const shown = flags.outfile ?? `${basename(text).replaceAll(/[:@]/g, '-')}.tar`;
  const file = resolve(context.cwd, shown);
  const { size, digest } = await writeTar(file, entries);
  printResult(context, flags, { file, bytes: size, digest }, `${shown}\n`);
}
