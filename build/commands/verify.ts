import { basename, dirname, relative, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { parseSize } from '../backend/request/sizes.ts';
import type { Context } from '../host/context.ts';
import { imageName } from '../media/image-name.ts';
import type { Difference } from '../verify/compare.ts';
import { findRecord } from '../verify/record.ts';
import { type Verified, verifyImage } from '../verify/verify.ts';
import { parse, program } from './flags/program.ts';
import { withSources } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags {
  readonly format: string[];
  readonly size?: number;
  readonly production?: boolean;
  readonly decompressKernel?: boolean;
  readonly sbom: boolean;
  readonly sbomOutput?: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit verify out/web                                  does it come out the same as when kit built it here?
  kit verify out/web web.yml                          was out/web-kernel, -initrd.img, -cmdline built from web.yml?
  kit verify -f iso-efi --arch arm64 out/web web.yml  the flags are those that kit build was given
  kit verify --json out/web base.yml web.yml`;

/** `kit verify`: builds an image again and says where the given one differs. Exit status 1 when it does. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const collect = (value: string, before: string[]): string[] => [...before, ...value.split(',')];
  let status = 0;
  const command = withSources(program('verify', context))
    .description('Build an image again and compare: the same manifest, packages and kit give the same bytes.')
    .argument('<image>', 'the first part of the names of its files, or one of them')
    .argument('[file...]', 'the manifest files that it was built from (default: those that kit remembers)')
    .option('-f, --format <format>', 'format of the image; may be given several times', collect, [])
    .option('-a, --arch <arch>', 'amd64 or arm64 (default: that of this machine)')
    .option('--size <size>', 'of disks: a number of GB, or with M or G after it', (text) =>
      parseSize('disk size', text, 'g'),
    )
    .option('--decompress-kernel', 'it was built with this flag')
    .option('--no-sbom', 'it was built with this flag')
    .option('--sbom-output <path>', 'it was built with this flag')
    .option('--production', 'it was built with this flag')
    .option('--locked', 'refuse images that are not in kit.lock, and to update lock files of Debian packages')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', examples)
    .action(async (image: string, files: string[], flags: Flags) => {
      const found = await verify(image, files, flags, context);
      status = found.differences.length > 0 ? 1 : 0;
    });
  return (await parse(command, args)) || status;
}

async function verify(
  image: string,
  files: readonly string[],
  flags: Flags,
  context: Context,
): Promise<Verified> {
  const { stdout, cwd } = context;
  const found =
    files.length > 0
      ? await verifyFiles(image, files, flags, context)
      : await verifyRecorded(image, flags, context);
  if (flags.json) {
    stdout.write(`${JSON.stringify(found)}\n`);
    return found;
  }
  const [first, ...others] = found.differences;
  if (first) throw differs(image, first, others.length, cwd);
  stdout.write(`The same: ${found.files === 1 ? 'one file' : `${found.files} files`}.\n`);
  return found;
}

/** As kit build was called when it wrote the image; its flags are remembered with it. */
async function verifyRecorded(image: string, flags: Flags, context: Context): Promise<Verified> {
  const path = resolve(context.cwd, image);
  const record = await findRecord(path, workFor(context));
  if (!record) {
    throw new KitError(`Cannot verify "${image}": kit does not remember what it was built from`, {
      hint: 'name its manifests, and the flags of kit build: kit verify IMAGE FILE…',
      exitCode: 2,
    });
  }
  const work = workFor(context, { ...flags, arch: record.arch });
  return verifyImage(
    record.manifests.map(({ file }) => file),
    record.options,
    work,
    record,
  );
}

async function verifyFiles(
  image: string,
  files: readonly string[],
  flags: Flags,
  context: Context,
): Promise<Verified> {
  const { cwd, stdin } = context;
  const path = resolve(cwd, image);
  const place = { dir: dirname(path), name: imageName(basename(path)), size: flags.size };
  const { format: formats, production, decompressKernel } = flags;
  const sbom = flags.sbom && { path: flags.sbomOutput };
  const options = { ...place, formats, production, decompressKernel, sbom, cwd, stdin };
  const work = workFor(context, flags);
  return verifyImage(files, options, work, await findRecord(path, work));
}

function differs(
  image: string,
  { file, offset, part, cause }: Difference,
  others: number,
  cwd: string,
): KitError {
  const short = relative(cwd, file);
  const shown = short.startsWith('..') ? file : short;
  const place = offset === null ? '' : ` at byte ${offset}${part === null ? '' : ` (in "${part}")`}`;
  const more = others === 0 ? '' : `; ${others} more of its files differ`;
  return new KitError(`Image "${image}" differs: "${shown}"${place}: ${cause}${more}`, {
    hint: 'kit verify needs the manifests, flags, lock files and version of kit that built the image',
  });
}
