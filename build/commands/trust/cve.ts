import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Scan } from '../../cve/scan.ts';
import type { Arch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import type { Work } from '../../work.ts';
import { withArch } from '../flags/arch.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly database?: string;
  readonly failOn?: string;
}

const examples: Examples = {
  rows: [
    ['kit cve --database debian.json web.yml', "with the JSON of Debian's security tracker"],
    ['kit cve --database osv.zip --fail-on high out/web', "with OSV's, exit status 1 from high on"],
    ['kit cve --database debian.json --json t1', 'of a running machine, as JSON'],
  ],
  notes: `
The database is a file of yours: https://security-tracker.debian.org/tracker/data/json, or all.zip of an ecosystem of
OSV (Debian, npm). kit asks no network for it. What is looked up is what kit sbom prints.`,
};

/** `kit cve`: looks the components of an image up in a database of vulnerabilities. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('cve', context))
    .description('Look what an image consists of up in a local database of vulnerabilities.')
    .argument('<image>', 'manifest, image built here, document, machine or image, as for kit sbom')
    .option('--database <file>', "Debian's tracker as JSON, or OSV's as JSON, ZIP or folder; required")
    .option(
      '--fail-on <severity>',
      'exit status 1 from this severity on: unknown, low, medium, high or critical',
    );
  withJson(withArch(command), 'print the findings as JSON')
    .withExamples(examples)
    .action((name: string, flags: Flags) => cve(name, flags, context));
  return command;
}

/** Returns the exit status. */
async function cve(name: string, flags: Flags, context: Context): Promise<number> {
  const { database, failOn } = flags;
  const { isAtLeast, severities } = await import('../../cve/finding.ts');
  const { readDatabase } = await import('../../cve/database.ts');
  const { scan } = await import('../../cve/scan.ts');
  const { bomSubject, inventoryOf } = await import('../../inventory/subject.ts');
  const usage = (message: string, hint?: string): KitError => new KitError(message, { hint, exitCode: 2 });
  if (database === undefined)
    throw usage('Cannot look anything up without a database', '--database FILE names one');
  const least = severities.find((one) => one === failOn);
  if (failOn !== undefined && !least)
    throw usage(`Cannot fail on "${failOn}": expected one of ${severities.join(', ')}`);
  const advisories = await readDatabase(resolve(context.cwd, database), database);
  const workOn = (arch?: Arch): Work => workFor(context, arch ? { ...flags, arch } : flags);
  const subject = await bomSubject(name, context, workOn);
  const result = scan(await inventoryOf(subject, workOn()), advisories);
  printResult(context, flags, result, textOf(result));
  return least && result.findings.some(({ severity }) => isAtLeast(severity, least)) ? 1 : 0;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

function textOf({ findings, components, skipped, withoutSource, known }: Scan): string {
  const rows = findings.map((one) => [one.severity, one.id, one.package, one.version, one.fixed ?? '-']);
  const end = [
    `${counted(findings.length, 'finding')} in ${counted(components, 'component')}; the database knows ` +
      `${counted(known, 'vulnerability', 'vulnerabilities')}.`,
    ...(withoutSource.length > 0
      ? [`Looked up by their own name, since their source is not known here: ${withoutSource.join(', ')}`]
      : []),
    ...(skipped.length > 0 ? [`The database has nothing on: ${skipped.join(', ')}`] : []),
  ];
  const head = ['SEVERITY', 'ID', 'PACKAGE', 'VERSION', 'FIXED'];
  return `${rows.length > 0 ? table([head, ...rows]) : ''}${end.join('\n')}\n`;
}
