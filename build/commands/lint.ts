import { renderMessage } from '../../lib/errors/render.ts';
import type { Context } from '../host/context.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { type Finding, lintManifest } from '../lint/lint.ts';
import { parse, program } from './flags/program.ts';
import { workFor } from './flags/work-flags.ts';

interface Flags {
  readonly json?: boolean;
  readonly strict?: boolean;
}

const examples = `
Examples:
  kit lint web.yml                   what could be safer or clearer
  kit lint --strict base.yml web.yml exit status 1 when there is any advice, for CI

  # kit-lint: allow host-network     a comment on the line, or above it, silences a rule there

docs/lint.md tells about every rule.`;

/** `kit lint`: advice on manifests. Mistakes are errors, as in `kit build`. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let status = 0;
  const command = program('lint', context)
    .description('Give advice on manifests, merged as kit build merges them.')
    .argument('<file...>', 'manifest files, http(s) addresses of such, or - for standard input')
    .option('--strict', 'exit with status 1 when there is any advice')
    .option('--json', 'print the advice as JSON')
    .addHelpText('after', examples)
    .action(async (files: string[], flags: Flags) => {
      status = await lint(files, flags, context);
    });
  return (await parse(command, args)) || status;
}

async function lint(files: readonly string[], flags: Flags, context: Context): Promise<number> {
  const findings = await lintManifest(await readManifestFiles(files, context, workFor(context)));
  context.stdout.write(flags.json ? `${JSON.stringify(findings.map(row))}\n` : shown(findings));
  return flags.strict && findings.length > 0 ? 1 : 0;
}

function row({ rule, place: { file, line, column }, message, hint }: Finding): object {
  return { rule, file, line, column, message, hint };
}

function shown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No advice.\n';
  return findings
    .map(
      ({ rule, place, message, hint }) =>
        `${renderMessage('warning', `${message} [${rule}]`, { place, hint })}\n`,
    )
    .join('');
}
