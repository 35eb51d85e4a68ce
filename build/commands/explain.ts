import { KitError } from '../../lib/errors/errors.ts';
import { explainEntries } from '../explain/entry.ts';
import { entryText } from '../explain/entry-text.ts';
import { overviewOf } from '../explain/overview.ts';
import { overviewText } from '../explain/overview-text.ts';
import type { Context } from '../host/context.ts';
import { assemble } from '../image/assemble.ts';
import { planImage } from '../image/plan/image-plan.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { resolveManifest } from '../images/manifest-images.ts';
import { isUrl } from '../manifest/fetch.ts';
import { jsonText } from '../spec/oci/oci-runtime.ts';
import { parse, program } from './flags/program.ts';
import { withSources } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags {
  readonly production?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit explain examples/sshd.yml              parts of the image, their sizes and their users
  kit explain examples/sshd.yml sshd         what the service becomes, and where its values come from
  kit explain base.yml web.yml web --json    all of it, config.json and runtime.json too`;

/** `kit explain FILE… [SERVICE]`. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = withSources(program('explain', context))
    .description('Show what a manifest, or one entry of it, becomes, and where each value came from.')
    .argument('<file...>', 'manifest files; then, for one entry, its name')
    .option('-a, --arch <arch>', 'amd64 or arm64 (default: that of this machine)')
    .option('--production', 'as kit build --production makes it')
    .option('--locked', 'refuse to update lock files')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((words: string[], flags: Flags) => explain(words, flags, context));
  return parse(command, args);
}

async function explain(words: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { files, entry } = readWords(words);
  const work = workFor(context, flags);
  const { cwd, stdout } = context;
  const manifest = await readManifestFiles(files, context, work);
  const imageOf = await resolveManifest(manifest, work);
  const options = { cwd, production: flags.production, sbom: false } as const;
  const plan = planImage(manifest, imageOf, options, work.env);
  if (entry === undefined) {
    const overview = await overviewOf(plan, await assemble(plan, work));
    stdout.write(flags.json ? `${JSON.stringify(overview)}\n` : overviewText(files.join(' '), overview));
    return;
  }
  const entries = explainEntries(plan, entry);
  stdout.write(flags.json ? `${jsonText(entries)}\n` : entries.map(entryText).join('\n'));
}

/** A last word that does not look like a manifest is the name of an entry. */
function readWords(words: readonly string[]): { readonly files: readonly string[]; readonly entry?: string } {
  const last = words.at(-1) ?? '';
  if (words.length === 1 || isManifest(last)) return { files: words };
  const files = words.slice(0, -1);
  const odd = files.find((word) => !isManifest(word));
  if (odd === undefined || files.length === 1) return { files, entry: last };
  throw new KitError(`Cannot explain "${odd}" and "${last}": one entry at a time`, { exitCode: 2 });
}

const isManifest = (word: string): boolean => word === '-' || isUrl(word) || /\.ya?ml$/i.test(word);
