import { relative } from 'node:path';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program } from '../cli/program.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { lockImages, type WrittenLock } from '../images/lock-images.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { parseArch, withArches } from './flags/arch.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { type SourceFlags, withSources } from './flags/sources.ts';
import { workFor } from './flags/work-flags.ts';

interface Flags extends SourceFlags, JsonFlag {
  readonly arch: readonly string[];
}

const examples: Examples = {
  rows: [
    ['kit lock web.yml', 'write the digests of its images to kit.lock next to it'],
    ['kit lock --pull web.yml', '… after checking registries for new versions'],
    ['kit lock -a amd64 -a arm64 web.yml', 'for both architectures'],
    ['kit build --locked web.yml', 'fail for any other image'],
  ],
};

/** `kit lock`: writes the digests of the images of manifests to kit.lock. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('lock', context))
    .description('Write the digests of the images of manifests to kit.lock, for kit build --locked.')
    .argument('<manifest...>', 'manifest files; each has its kit.lock in its own folder');
  withJson(withArches(command), 'print the locks as JSON')
    .withExamples(examples)
    .action((files: string[], flags: Flags) => lock(files, flags, context));
  return command;
}

async function lock(files: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { cwd } = context;
  const { arch: names, ...sources } = flags;
  const work = workFor(context, sources);
  const arches = [...new Set(names.length > 0 ? names.map(parseArch) : [hostArch])];
  const manifest = await readManifestFiles(files, context, work);
  const locks = await lockImages(manifest, arches, work);
  printResult(context, flags, locks, locks.map((one) => summary(one, cwd)).join(''));
}

function summary({ file, images, changed }: WrittenLock, cwd: string): string {
  const count = Object.keys(images).length;
  const changes = changed.length === 0 ? 'nothing changed' : `new or changed: ${changed.join(', ')}`;
  return `${relative(cwd, file)}: ${count} ${count === 1 ? 'image' : 'images'}, ${changes}\n`;
}
