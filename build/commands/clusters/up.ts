import { KitError } from '../../../lib/errors/errors.ts';
import { jsonLine } from '../../../lib/errors/visible.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import { readCluster } from '../../cluster/file/read-cluster.ts';
import type { Action, Difference, Mode } from '../../cluster/plan/plan.ts';
import { bringUp, type UpResult } from '../../cluster/up.ts';
import type { Context } from '../../host/context.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withImageLock } from '../flags/locked.ts';
import { type SourceFlags, withSources } from '../flags/sources.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends SourceFlags, JsonFlag {
  readonly roll?: boolean;
  readonly replace?: boolean;
  readonly locked?: boolean;
  readonly timeout: string;
}

const examples: Examples = {
  rows: [
    ['kit up', 'the machines of cluster.yml in this folder'],
    ['kit up --roll etcd/cluster.yml', 'replace what differs, one machine at a time'],
    ['kit up --replace', 'replace what differs, all at once'],
    ['kit up --json', '{cluster, machines: [{name, action}], differences: [{name, settings}]}'],
  ],
  notes: `
What runs as the file says stays; what is missing is started. A machine that runs with another image or other
settings is named, and replaced only with --roll or --replace; so is the end of machines that the file no longer
has. Until then the exit status is 1. Disks of machines always stay.`,
};

/** `kit up`: brings the machines of a cluster to what its file says. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('up', context))
    .description('Start the machines of a cluster, or update them.')
    .argument('[file]', 'the file of the cluster', 'cluster.yml')
    .option('--roll', 'replace machines that differ one after the other, each when all others are ready')
    .option('--replace', 'replace machines that differ all at once');
  withJson(withImageLock(withTimeout(command, 'how long each machine may take until it is ready', 300)))
    .withExamples(examples)
    .action((file: string, flags: Flags) => up(file, flags, context));
  return command;
}

async function up(file: string, flags: Flags, context: Context): Promise<void> {
  const timeoutMs = parseSeconds(flags.timeout);
  const mode = modeOf(flags);
  const cluster = await readCluster(file, context.cwd);
  const print = (name: string, action: Action['kind']): void => {
    if (!flags.json) context.stdout.write(`${name}  ${words[action]}\n`);
  };
  const result = await bringUp(cluster, context, workFor(context, flags), { mode, timeoutMs, onDone: print });
  if (flags.json) context.stdout.write(jsonLine(rowOf(cluster.name, result)));
  if (result.differences.length > 0) throw differencesError(cluster.name, result.differences);
}

function modeOf({ roll = false, replace = false }: Flags): Mode {
  if (roll && replace) throw new KitError('Cannot use both --roll and --replace', { exitCode: 2 });
  return roll ? 'roll' : replace ? 'replace' : 'keep';
}

const words: Readonly<Record<Action['kind'], string>> = {
  start: 'started',
  replace: 'replaced',
  wait: 'runs',
  end: 'ended',
};

const rowOf = (cluster: string, { done, differences }: UpResult) => ({
  cluster,
  machines: done.map(({ name, action }) => ({ name, action: words[action] })),
  differences,
});

function differencesError(cluster: string, differences: readonly Difference[]): KitError {
  const lines = differences.map(({ name, settings }) =>
    settings.length === 0 ? `  ${name}: the file no longer has it` : `  ${name}: ${settings.join(', ')}`,
  );
  const text = `Cluster "${cluster}" has machines that differ from its file, and run on:\n${lines.join('\n')}`;
  return new KitError(text, {
    hint: 'kit up --roll replaces them one at a time, kit up --replace all at once',
  });
}
