import { KitError } from '../../lib/errors/errors.ts';
import { type MessageStyle, renderMessage } from '../../lib/errors/render.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program } from '../cli/program.ts';
import { hasColour } from '../host/colour.ts';
import type { Context } from '../host/context.ts';
import { kernelConfigText } from '../image/kernel/config-text.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { cachedConfig } from '../lint/cached-config.ts';
import { parseKernelConfig } from '../lint/kernel/kernel-config.ts';
import { kernelReportText, lintKernel } from '../lint/kernel/lint-kernel.ts';
import { type Finding, lintManifest } from '../lint/lint.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { workFor } from './flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly strict?: boolean;
  readonly kernel?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit lint web.yml', 'print warnings'],
    ['kit lint --strict base.yml web.yml', 'exit with status 1 if there are warnings, for CI'],
    ['kit lint --kernel web.yml', "compare the kernel's configuration with what is recommended"],
    ['kit lint --kernel /boot/config-6.12.0', 'the same for a configuration, or a kernel that holds its own'],
  ],
  notes: `
A comment "# kit-lint: allow RULE" on the same line or the line above disables a rule there.
docs/lint.md describes the rules.`,
};

/** `kit lint`: warns about manifests. Invalid manifests are errors, as for `kit build`. */
export function verb(context: Context): KitCommand {
  const command = program('lint', context)
    .description('Check manifests, merged as by kit build, for what could be safer or clearer.')
    .argument('<manifest...>', 'manifests: files, http(s) URLs, or - for standard input')
    .option('--strict', 'exit with status 1 if there are warnings')
    .option('--kernel', 'check the configuration of the kernel: of a manifest, an image, or a file');
  withJson(command, 'print the warnings as JSON')
    .withExamples(examples)
    .action((files: string[], flags: Flags) => lint(files, flags, context));
  return command;
}

async function lint(files: readonly string[], flags: Flags, context: Context): Promise<number> {
  if (flags.kernel) return lintKernelOf(files, flags, context);
  const work = workFor(context);
  const manifest = await readManifestFiles(files, context, work);
  const findings = await lintManifest(manifest, (ref) => cachedConfig(ref, work));
  const { stdout, env } = context;
  const style = { colour: hasColour(stdout, env), columns: stdout.isTTY ? stdout.columns : undefined };
  printResult(context, flags, findings.map(findingRow), findingsText(findings, style), style);
  return flags.strict && findings.length > 0 ? 1 : 0;
}

async function lintKernelOf(files: readonly string[], flags: Flags, context: Context): Promise<number> {
  const text = await kernelConfigText(files, context, workFor(context));
  const config = parseKernelConfig(text);
  if (config === undefined) {
    throw new KitError(`Cannot check the kernel of "${files.join(' ')}": its configuration has no options`);
  }
  const report = lintKernel(config);
  printResult(context, flags, report, kernelReportText(report));
  return flags.strict && report.missing.length > 0 ? 1 : 0;
}

function findingRow({ rule, place: { file, line, column }, message, hint }: Finding): object {
  return { rule, file, line, column, message, hint };
}

function findingsText(findings: readonly Finding[], style: MessageStyle): string {
  if (findings.length === 0) return 'No warnings.\n';
  return findings
    .map(
      ({ rule, place, message, hint }) =>
        `${renderMessage('warning', `${message} [${rule}]`, { place, hint }, style)}\n`,
    )
    .join('');
}
