import { relative } from 'node:path';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { lockImages, type WrittenLock } from '../images/lock-images.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { parse, program } from './flags/program.ts';
import { type SourceFlags, withSources } from './flags/sources.ts';
import { parseArch, workFor } from './flags/work-flags.ts';

interface Flags extends SourceFlags {
  readonly arch: readonly string[];
  readonly json?: boolean;
}

const examples = `
Examples:
  kit lock web.yml                        write kit.lock beside it: what every image is now
  kit lock --pull web.yml                 … after asking registries for what has moved
  kit lock -a amd64 -a arm64 web.yml      packages are other images on each architecture
  kit build --locked web.yml              refuse any other image`;

/** `kit lock`: the digests of all images of manifests, into kit.lock. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const collect = (value: string, before: readonly string[]): string[] => [...before, ...value.split(',')];
  const command = withSources(program('lock', context))
    .description('Write down what the images of manifests are, for kit build --locked.')
    .argument('<file...>', 'manifest files; each has its kit.lock in its folder')
    .option('-a, --arch <arch>', 'amd64 or arm64, or both (default: that of this machine)', collect, [])
    .option('--json', 'print the locks as JSON')
    .addHelpText('after', examples)
    .action((files: string[], flags: Flags) => lock(files, flags, context));
  return parse(command, args);
}

async function lock(files: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { cwd, stdout } = context;
  const { arch: names, ...sources } = flags;
  const work = workFor(context, sources);
  const arches = [...new Set(names.length > 0 ? names.map(parseArch) : [hostArch])];
  const manifest = await readManifestFiles(files, context, work);
  const locks = await lockImages(manifest, arches, work);
  stdout.write(flags.json ? `${JSON.stringify(locks)}\n` : locks.map((one) => summary(one, cwd)).join(''));
}

function summary({ file, images, changed }: WrittenLock, cwd: string): string {
  const count = Object.keys(images).length;
  const news = changed.length === 0 ? 'nothing changed' : `new or changed: ${changed.join(', ')}`;
  return `${relative(cwd, file)}: ${count} ${count === 1 ? 'image' : 'images'}, ${news}\n`;
}
