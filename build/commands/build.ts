import { basename, relative, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { KitError } from '../../lib/errors/errors.ts';
import { type BuiltImage, buildManifest } from '../build.ts';
import type { Context } from '../host/context.ts';
import { isUrl } from '../manifest/fetch.ts';
import { printManifest } from '../manifest/print.ts';
import { readManifests } from '../manifest/read.ts';
import { parseSize } from '../media/sizes.ts';
import { streamedNames } from '../outputs/choose-formats.ts';
import { packageNames } from '../packages/definition/template-names.ts';
import { keepRecord } from '../verify/record.ts';
import { parse, program } from './flags/program.ts';
import { withSources } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags {
  readonly format: string[];
  readonly name?: string;
  readonly dir?: string;
  readonly o?: string;
  readonly size?: number;
  readonly dryRun?: boolean;
  readonly production?: boolean;
  readonly decompressKernel?: boolean;
  readonly inputTar?: string;
  readonly sbom: boolean;
  readonly sbomOutput?: string;
  readonly sbomCurrentTime?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit build examples/sshd.yml                      kernel, initrd and command line into the current folder
  kit build --dir out --name web base.yml web.yml  two manifests, merged left to right
  kit build -f tar --o - web.yml | tar -tv         the root file system, without a file of its own
  kit build -f docker-archive --o - web.yml | docker load
  kit build --pull --mirror docker.io=https://mirror.example web.yml
  kit build --dry-run base.yml web.yml             print the merged manifest`;

/** `kit build`: manifests to an image. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const collect = (value: string, before: string[]): string[] => [...before, ...value.split(',')];
  const command = withSources(program('build', context))
    .description('Turn a manifest into an image.')
    .argument('<file...>', 'manifest files, http(s) addresses of such, or - for standard input')
    .option('-f, --format <format>', 'format of the image; may be given several times', collect, [])
    .option('-n, --name <name>', 'first part of the names of the files (default: that of the last manifest)')
    .option('-d, --dir <folder>', 'where the files go (default: the current folder)')
    .option(
      '-o, --o <file>',
      `where a format of one file goes (${streamedNames.join(', ')}): a file, or - for standard output`,
    )
    .option('-a, --arch <arch>', 'amd64 or arm64 (default: that of this machine)')
    .option('--size <size>', 'of disks: a number of GB, or with M or G after it', (text) =>
      parseSize('disk size', text, 'g'),
    )
    .option('--decompress-kernel', 'the kernel as it is in memory, for what boots no compressed one')
    .option('--no-sbom', 'leave the bill of materials out of the image')
    .option('--sbom-output <path>', 'where it lies in the image (default: sbom.spdx.json)')
    .option('--sbom-current-time', 'let it say when it was made: then every build differs')
    .option('--input-tar <file>', "accepted for LinuxKit's sake: kit's cache does what it is for")
    .option('--dry-run', 'print the merged manifest and build nothing')
    .option('--production', 'a machine that nobody looks into: no kit exec, no debugger, no shell')
    .option('--locked', 'refuse images that are not in kit.lock, and to update lock files of Debian packages')
    .option('--json', 'print the files as JSON')
    .addHelpText('after', examples)
    .action((files: string[], flags: Flags) => build(files, flags, context));
  return parse(command, args);
}

async function build(files: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { cwd, stdin, stdout } = context;
  if (flags.dryRun) {
    const names = packageNames(workFor(context, flags));
    stdout.write(printManifest(await readManifests(files, { cwd, stdin, ...names })));
    return;
  }
  const name = flags.name ?? defaultName(files);
  if (!/^[^/\0]{1,200}$/.test(name)) throw new KitError(`Cannot call an image "${name}"`, { exitCode: 2 });
  const place = { dir: resolve(cwd, flags.dir ?? '.'), name, size: flags.size };
  const to = outputPlace(flags, context);
  const { format: formats, production, decompressKernel, sbomOutput, sbomCurrentTime } = flags;
  const options = { to, formats, production, decompressKernel, cwd, stdin, inputTar: inputTar(flags, cwd) };
  const sbom = flags.sbom && { path: sbomOutput, currentTime: sbomCurrentTime };
  const work = workFor(context, flags);
  const built = await buildManifest(files, { ...place, ...options, sbom }, work);
  if (to === stdout) return;
  if (to === undefined) {
    await keepRecord(files, { ...place, formats, production, decompressKernel, sbom, cwd }, built, work);
  }
  stdout.write(
    flags.json
      ? `${JSON.stringify({ files: built.files, memoryMiB: built.memoryMiB })}\n`
      : summary(built, cwd),
  );
}

/** `--o` names the file whole, so nothing else may. */
function outputPlace({ o, name, dir, json }: Flags, { cwd, stdout }: Context): string | Writable | undefined {
  if (o === undefined) return undefined;
  const other = name !== undefined ? '--name' : dir !== undefined ? '--dir' : undefined;
  if (other)
    throw new KitError(`Cannot use --o and ${other} at once: both say where the image goes`, { exitCode: 2 });
  if (o !== '-') return resolve(cwd, o);
  if (json) throw new KitError('Cannot write the image and JSON to standard output at once', { exitCode: 2 });
  return stdout;
}

function inputTar({ inputTar: path, pull }: Flags, cwd: string): string | undefined {
  if (path === undefined) return undefined;
  if (pull) throw new KitError('Cannot use --input-tar and --pull at once', { exitCode: 2 });
  return resolve(cwd, path);
}

/** LinuxKit's: the last file's name without its extension, `moby` for standard input. */
function defaultName(files: readonly string[]): string {
  const last = files.at(-1) ?? '-';
  if (last === '-') return 'moby';
  const path = isUrl(last) ? last.replace(/[?#].*$/s, '') : last;
  return basename(path).replace(/\.[^.]+$/, '');
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
