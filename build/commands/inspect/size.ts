import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printNotice, printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { isManifestWord } from '../../manifest/config/config-name.ts';
import { reportChanges } from '../../size/compare.ts';
import { sizeOf } from '../../size/size-of.ts';
import { changesText } from '../../size/views/changes-text.ts';
import { sizeReportText } from '../../size/views/text.ts';
import { treemapPage } from '../../size/views/treemap.ts';
import { withArch } from '../flags/arch.ts';
import { withProduction } from '../flags/image-options.ts';
import { parseInteger } from '../flags/integer.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withLocked } from '../flags/locked.ts';
import { withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly production?: boolean;
  readonly top: string;
  readonly html?: string;
  readonly against?: string;
}

const examples: Examples = {
  rows: [
    ['kit size examples/sshd.yml', 'parts and files of the image that the manifest is built into'],
    ['kit size out/web', 'of an image that is built; also a disk, an ISO, an EFI program, a tar'],
    ['kit size pkg/sshd', 'the layers of a package; also redis:7, oci-archive:FILE'],
    ['kit size --html size.html web.yml', 'a map of it, for a browser'],
    ['kit size --against out/web web.yml', 'what grew'],
    ['kit size --json web.yml > old.json; kit size --against old.json web.yml'],
  ],
};

/** `kit size`: shows what takes the room in an image. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('size', context))
    .description('Show what takes the room in an image: parts, packages and files.')
    .argument('<image...>', 'manifests; or one image: a file that kit has built, a package, an OCI image')
    .option('--top <n>', 'number of files in the list of the largest', '20')
    .option('--html <file>', 'write a map of the image, a page without scripts')
    .option('--against <file>', 'show what differs from another image, or from a report of --json');
  withJson(withLocked(withProduction(withArch(command))))
    .withExamples(examples)
    .action((words: string[], flags: Flags) => size(words, flags, context));
  return command;
}

async function size(words: readonly string[], flags: Flags, context: Context): Promise<void> {
  const other = words.find((word) => !isManifestWord(word));
  if (other !== undefined && words.length > 1)
    throw new KitError(`Cannot measure "${other}" with others: one image at a time`, { exitCode: 2 });
  const top = parseInteger(flags.top, 0, 100_000, 'a number of files');
  const work = workFor(context, flags);
  const options = { ...context, production: flags.production ?? false };
  const report = await sizeOf(words, options, work);
  if (flags.html !== undefined) {
    await writePage(resolve(context.cwd, flags.html), treemapPage(report));
    printNotice(context, `the map is in "${flags.html}"`);
  }
  if (flags.against === undefined) {
    printResult(context, flags, report, sizeReportText(report, { top }));
    return;
  }
  const old = await sizeOf([flags.against], options, work);
  const changes = reportChanges(report, old);
  printResult(context, flags, changes, changesText(changes, top));
}

async function writePage(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (thrown) {
    throw new KitError(`Cannot write "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
