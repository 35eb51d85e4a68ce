import { renderMessage } from '../../lib/errors/render.ts';
import { printResult } from '../cli/print-result.ts';
import { parse, program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { type Finding, lintManifest } from '../lint/lint.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { workFor } from './flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly strict?: boolean;
}

const examples = `
Examples:
  kit lint web.yml                      print warnings
  kit lint --strict base.yml web.yml    exit with status 1 if there are warnings, for CI

A comment "# kit-lint: allow RULE" on the same line or the line above disables a rule there.
docs/lint.md describes the rules.`;

/** `kit lint`: warns about manifests. Invalid manifests are errors, as for `kit build`. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let status = 0;
  const command = program('lint', context)
    .description('Check manifests, merged as by kit build, for what could be safer or clearer.')
    .argument('<file...>', 'manifests: files, http(s) URLs, or - for standard input')
    .option('--strict', 'exit with status 1 if there are warnings');
  withJson(command, 'print the warnings as JSON')
    .addHelpText('after', examples)
    .action(async (files: string[], flags: Flags) => {
      status = await lint(files, flags, context);
    });
  return (await parse(command, args)) || status;
}

async function lint(files: readonly string[], flags: Flags, context: Context): Promise<number> {
  const findings = await lintManifest(await readManifestFiles(files, context, workFor(context)));
  printResult(context, flags, findings.map(findingRow), findingsText(findings));
  return flags.strict && findings.length > 0 ? 1 : 0;
}

function findingRow({ rule, place: { file, line, column }, message, hint }: Finding): object {
  return { rule, file, line, column, message, hint };
}

function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No warnings.\n';
  return findings
    .map(
      ({ rule, place, message, hint }) =>
        `${renderMessage('warning', `${message} [${rule}]`, { place, hint })}\n`,
    )
    .join('');
}
