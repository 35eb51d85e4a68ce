import { relative } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program } from '../cli/program.ts';
import { hostArch } from '../host/arch.ts';
import { hasColour } from '../host/colour.ts';
import type { Context } from '../host/context.ts';
import { lockImages, type WrittenLock } from '../images/lock-images.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { parseArch, withArches } from './flags/arch.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { type SourceFlags, withSources } from './flags/sources.ts';
import { workFor } from './flags/work-flags.ts';

interface Flags extends SourceFlags, JsonFlag {
  readonly arch: readonly string[];
  readonly outdated?: boolean;
  readonly update?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit lock web.yml', 'write the digests of its images to kit.lock next to it'],
    ['kit lock --pull web.yml', '… after checking registries for new versions'],
    ['kit lock -a amd64 -a arm64 web.yml', 'for both architectures'],
    ['kit build --locked web.yml', 'fail for any other image'],
    [
      'kit lock --outdated web.yml',
      'what is newer than the locks of its packages and images, security fixes first',
    ],
    ['kit lock --outdated --json pkg/redis', 'the same of one package, as JSON'],
    ['kit lock --update web.yml', 'take the newer versions, and print what has changed'],
    ['kit lock --update pkg/redis tools.lock.json'],
  ],
  notes: `
With --outdated, the exit status is 1 if anything is newer, as that of npm outdated, and nothing is written. Debian
packages are compared with the suite, its updates and its security fixes; npm packages under external with npm's
registry; images of kit.lock, or with a digest in the manifest, with their registries.

--update writes debian.lock.json, lets npm renew package-lock.json as far as package.json admits, and renews a kit.lock
that is there. What the manifest itself pins (image: name:tag@sha256:…) is left as it is.`,
};

/** `kit lock`: writes the digests of a manifest's images to kit.lock; shows and takes what is newer. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('lock', context))
    .description('Write the digests of the images of manifests to kit.lock, for kit build --locked.')
    .argument(
      '<manifest...>',
      'manifest files; each has its kit.lock in its own folder. With --outdated and --update also folders of ' +
        'packages, and lock files of Debian packages (*.lock.json)',
    )
    .option('--outdated', 'print what is newer than the locks, and which of it is a security fix')
    .option('--update', 'renew the locks, and print what has changed');
  withJson(withArches(command), 'print the locks as JSON')
    .withExamples(examples)
    .action((files: string[], flags: Flags) => {
      if (flags.outdated && flags.update) {
        throw new KitError('Cannot use --outdated and --update together', { exitCode: 2 });
      }
      if (flags.outdated || flags.update) return compare(files, flags, context);
      return lock(files, flags, context);
    });
  return command;
}

/** Returns the exit status: with --outdated, 1 if anything is newer. */
async function compare(names: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { outdated, renewLocks } = await import('../outdated/outdated.ts');
  const { findTargets } = await import('../outdated/targets.ts');
  const { countText, rowsText } = await import('../outdated/row.ts');
  const { arch, ...sources } = flags;
  const work = workFor(context, sources);
  const arches = [...new Set(arch.map(parseArch))];
  const targets = await findTargets(names, context, work);
  const rows = await (flags.update ? renewLocks : outdated)(targets, arches, work);
  const table = rows.length > 0 ? rowsText(rows, hasColour(context.stdout, context.env)) : '';
  const end = flags.update && rows.length === 0 ? 'Nothing changed' : countText(rows);
  printResult(context, flags, rows, `${table}${end}\n`);
  return flags.outdated && rows.length > 0 ? 1 : 0;
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
