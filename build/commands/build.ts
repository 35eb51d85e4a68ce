import { basename, join, relative, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import { type BuildOptions, type BuiltImage, buildImage } from '../build.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { isManifestName, withoutManifestSuffix } from '../manifest/config/config-name.ts';
import { isUrl } from '../manifest/fetch.ts';
import { printManifest } from '../manifest/print.ts';
import { streamedNames } from '../outputs/choose-formats.ts';
import { findRecord, keepRecord } from '../verify/record.ts';
import { withArch } from './flags/arch.ts';
import { type ImageOptions, withImageOptions } from './flags/image-options.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { withImageLock, withTypeCheck } from './flags/locked.ts';
import { withSources } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags, ImageOptions, JsonFlag {
  readonly name?: string;
  readonly dir?: string;
  readonly o?: string;
  readonly dryRun?: boolean;
  readonly inputTar?: string;
  readonly sbomCurrentTime?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit build examples/sshd.yml', 'write kernel, initrd and command line to the current folder'],
    ['kit build --dir out --name web base.yml web.yml', 'two manifests, merged left to right'],
    ['kit build -f tar --o - web.yml | tar -tv', 'the root file system, to standard output'],
    ['kit build -f docker-archive --o - web.yml | docker load'],
    ['kit build --pull --mirror docker.io=https://mirror.example web.yml'],
    ['kit build --dry-run base.yml web.yml', 'print the merged manifest'],
  ],
};

/** `kit build`: builds an image from manifests. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('build', context))
    .description('Build an image from manifests.')
    .argument('<manifest...>', 'manifests: files, http(s) URLs, or - for standard input')
    .option(
      '-n, --name <name>',
      'common prefix of the names of the files (default: name of the last manifest)',
    )
    .option('-d, --dir <folder>', 'folder for the files (default: the current folder)')
    .option(
      '-o, --o <file>',
      `output file of a format of one file (${streamedNames.join(', ')}), or - for standard output`,
    )
    .option(
      '--sbom-current-time',
      'record the time of the build in the bill of materials, so every build differs',
    )
    .option('--input-tar <file>', 'accepted for compatibility with LinuxKit, and not used: kit has a cache')
    .option('--dry-run', 'print the merged manifest, and build nothing');
  withJson(withTypeCheck(withImageLock(withArch(withImageOptions(command)))), 'print the files as JSON')
    .withExamples(examples)
    .action((files: string[], flags: Flags) => build(files, flags, context));
  return command;
}

async function build(files: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { cwd, stdout } = context;
  const work = workFor(context, flags);
  if (flags.dryRun) {
    stdout.write(printManifest(await readManifestFiles(files, optionsOf(files, flags, context), work)));
    return;
  }
  const given = optionsOf(files, flags, context);
  const last = given.to === undefined ? await findRecord(join(given.dir, given.name), work) : undefined;
  const options = { ...given, lastParts: last?.parts };
  const built = await buildImage(files, options, work);
  if (options.to === stdout) return;
  if (options.to === undefined) await keepRecord(files, options, built, work);
  const { images: _, parts: __, ...shown } = built;
  stdout.write(flags.json ? `${exactJson(shown)}\n` : summary(built, cwd));
}

/** @throws KitError for flags that contradict each other */
function optionsOf(files: readonly string[], flags: Flags, context: Context): BuildOptions {
  const { cwd, stdin, stdout } = context;
  const { o, dir = '.', name = defaultName(files), inputTar } = flags;
  if (!/^[^/\0]{1,200}$/.test(name)) throw new KitError(`Cannot call an image "${name}"`, { exitCode: 2 });
  refuseContradictions(flags);
  return {
    cwd,
    stdin,
    dir: resolve(cwd, dir),
    name,
    to: o === undefined ? undefined : o === '-' ? stdout : resolve(cwd, o),
    formats: flags.format,
    size: flags.size,
    production: flags.production,
    trustLabels: flags.trustLabels,
    decompressKernel: flags.decompressKernel,
    small: flags.small,
    sbom: flags.sbom && { path: flags.sbomOutput, currentTime: flags.sbomCurrentTime },
    inputTar: inputTar === undefined ? undefined : resolve(cwd, inputTar),
  };
}

function refuseContradictions({ o, name, dir, json, inputTar, pull }: Flags): void {
  const refuse = (message: string): never => {
    throw new KitError(message, { exitCode: 2 });
  };
  const place = name !== undefined ? '--name' : dir !== undefined ? '--dir' : undefined;
  if (o !== undefined && place) refuse(`Cannot use --o and ${place} at once: both say where the image goes`);
  if (o === '-' && json) refuse('Cannot write the image and JSON to standard output at once');
  if (inputTar !== undefined && pull) refuse('Cannot use --input-tar and --pull at once');
}

/** As in LinuxKit: the last file's name without its extension, `moby` for standard input. */
function defaultName(files: readonly string[]): string {
  const last = files.at(-1) ?? '-';
  if (last === '-') return 'moby';
  const path = isUrl(last) ? last.replace(/[?#].*$/s, '') : last;
  const base = basename(path);
  return isManifestName(base) ? withoutManifestSuffix(base) : base.replace(/\.[^.]+$/, '');
}

function summary({ files, memoryMiB }: BuiltImage, cwd: string): string {
  const rows = files.map(({ path, bytes }) => {
    const shown = relative(cwd, path);
    return { size: `${(bytes / 1e6).toFixed(1)} MB`, path: shown.startsWith('..') ? path : shown };
  });
  const width = Math.max(...rows.map(({ size }) => size.length));
  const lines = rows.map(({ size, path }) => `${size.padStart(width)}  ${path}\n`);
  return `${lines.join('')}${memoryMiB > 0 ? `Needs at least ${memoryMiB} MiB of memory.\n` : ''}`;
}
