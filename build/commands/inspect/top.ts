import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { isTerminal } from '../../host/terminal.ts';
import { showTop } from '../../machine/top/show-top.ts';
import { type SortKey, sortKeys } from '../../machine/top/text.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { parseSeconds } from '../flags/timeout.ts';

interface Flags extends JsonFlag {
  readonly sort: string;
  readonly interval: string;
  readonly once?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit top', 'all running machines, refreshed every 2 s; q or Ctrl-C quits'],
    ['kit top --sort memory t1', 'one machine, services with the highest memory usage first'],
    ['kit top --once t1', 'a single sample'],
    [
      'kit top --json t1',
      'one object per line: {name, timeMs, uptimeS, cpuPercent, memoryBytes, services: [{name, …}]}',
    ],
  ],
  notes: `
CPU usage is in percent of one processor: a machine with two processors can use 200 %. On a terminal, the
keys c, m and n sort by CPU, memory and name. Machines are followed across reboots. If the output is not a
terminal, kit top exits when all machines have ended.`,
};

/** `kit top`: shows the resource usage of machines and services. */
export function verb(context: Context): KitCommand {
  const command = program('top', context)
    .description('Show the resource usage of machines and their services, live.')
    .argument('[machine...]', 'names of machines (default: all that run)')
    .option('--sort <key>', 'cpu, memory or name', 'cpu')
    .option('--interval <seconds>', 'time between two samples', '2')
    .option('--once', 'print a single sample and exit');
  withJson(command, 'print a JSON object per line, for each machine and sample')
    .withExamples(examples)
    .action((names: string[], { sort, interval, once = false, json }: Flags) => {
      const isScreen = isTerminal(context) && context.env.TERM !== 'dumb' && !once;
      const output = json ? 'json' : isScreen ? 'screen' : 'text';
      const options = { sort: parseSort(sort), intervalMs: parseSeconds(interval), output, once } as const;
      return showTop(names, options, context);
    });
  return command;
}

function parseSort(text: string): SortKey {
  const key = sortKeys.find((one) => one === text);
  if (key) return key;
  throw new KitError(`Cannot sort by "${text}": expected cpu, memory or name`, { exitCode: 2 });
}
