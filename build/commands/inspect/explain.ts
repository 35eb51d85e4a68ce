import { KitError } from '../../../lib/errors/errors.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import { explainEntries } from '../../explain/entry.ts';
import { entryText } from '../../explain/entry-text.ts';
import { overviewOf } from '../../explain/overview.ts';
import { overviewText } from '../../explain/overview-text.ts';
import type { Context } from '../../host/context.ts';
import { assemble } from '../../image/assemble.ts';
import { planManifest } from '../../image/plan-manifest.ts';
import { readManifestFiles } from '../../images/manifest-files.ts';
import { isManifestWord } from '../../manifest/config/config-name.ts';
import { withArch } from '../flags/arch.ts';
import { withProduction, withTrustLabels } from '../flags/image-options.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withLocked } from '../flags/locked.ts';
import { withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly production?: boolean;
  readonly trustLabels?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit explain examples/sshd.yml', 'the contents of the image, their size, and what uses them'],
    ['kit explain examples/sshd.yml sshd', 'the settings of the service, and where they come from'],
    ['kit explain base.yml web.yml web --json', '… with config.json and runtime.json'],
  ],
  notes: `
A last argument that is not a *.yml, *.yaml, *.ts or *.js file, a URL or - is the name of an entry.`,
};

/** `kit explain FILE… [ENTRY]`: shows the result of a manifest or of one entry. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('explain', context))
    .description('Show the image of a manifest, or the settings of an entry and where each comes from.')
    .argument('<manifest...>', 'manifest files, optionally followed by the name of an entry');
  withJson(withLocked(withTrustLabels(withProduction(withArch(command)))))
    .withExamples(examples)
    .action((words: string[], flags: Flags) => explain(words, flags, context));
  return command;
}

async function explain(words: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { files, entry } = readWords(words);
  const work = workFor(context, flags);
  const { cwd, stdout } = context;
  const { production, trustLabels } = flags;
  const manifest = await readManifestFiles(files, { ...context, production }, work);
  const { plan } = await planManifest(manifest, { cwd, production, trustLabels, sbom: false }, work);
  if (entry === undefined) {
    const overview = await overviewOf(plan, await assemble(plan, work));
    stdout.write(flags.json ? `${exactJson(overview)}\n` : overviewText(files.join(' '), overview));
    return;
  }
  const entries = explainEntries(plan, entry);
  stdout.write(flags.json ? `${exactJson(entries)}\n` : entries.map(entryText).join('\n'));
}

/** If the last argument does not look like a manifest, it is the name of an entry. */
function readWords(words: readonly string[]): { readonly files: readonly string[]; readonly entry?: string } {
  const last = words.at(-1) ?? '';
  if (words.length === 1 || isManifestWord(last)) return { files: words };
  const files = words.slice(0, -1);
  const odd = files.find((word) => !isManifestWord(word));
  if (odd === undefined || files.length === 1) return { files, entry: last };
  throw new KitError(`Cannot explain "${odd}" and "${last}": one entry at a time`, { exitCode: 2 });
}
