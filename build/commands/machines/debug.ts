import { resolve } from 'node:path';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import { repeatable } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import { debugService } from '../../machine/debug/debug-service.ts';
import { parseInteger } from '../flags/integer.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

interface Flags extends JsonFlag {
  readonly port: string;
  readonly break?: boolean;
  readonly time: string;
  readonly source: readonly string[];
}

const examples: Examples = {
  rows: [
    ['kit debug t1 web', 'debug the service "web" with Chrome or VS Code, on port 9229'],
    ['kit debug --break t1 web', 'restart it, and stop before its first line'],
    ['kit debug --port 0 --json t1 web', 'on any free port, printed as JSON'],
    ['kit debug --source ~/src/web t1 web', 'with its sources in this folder'],
  ],
  notes: `
Ctrl-C closes the debugger; a service that a breakpoint has stopped then continues. With --break, the service
waits for a debugger to attach for as long as kit debug runs. No port is open in the machine.`,
};

/** `kit debug`: serves the inspector of a service on localhost. */
export function verb(context: Context): KitCommand {
  const command = program('debug', context)
    .description('Attach a debugger to a TypeScript service in a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<service>', 'name of the service')
    .option('-p, --port <port>', 'port of 127.0.0.1 for the debugger; 0 for any free port', '9229')
    .option('--break', 'restart the service and stop before its first line')
    .option('--time <minutes>', 'how long the debugger stays open', '60')
    .option('--source <folder>', 'folder with the sources of the package; may be repeated', repeatable, []);
  withJson(command, 'print the addresses as JSON')
    .withExamples(examples)
    .action((machine: string, service: string, flags: Flags) => {
      const port = parseInteger(flags.port, 0, 65_535, 'a port');
      const minutes = parseInteger(flags.time, 1, 24 * 60, 'a number of minutes');
      const folders = [...flags.source.map((folder) => resolve(context.cwd, folder)), context.cwd];
      const options = { machine, service, port, stopped: flags.break === true, folders };
      return debugService(options, minutes, flags, context);
    });
  return command;
}
