import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { MachineClient } from '../machine/client.ts';
import { runExec, terminalSize } from '../machine/exec.ts';
import { isTerminal } from '../run/terminal.ts';
import { parse, program } from './program.ts';
import { guestError, runningMachine } from './service.ts';

interface Flags {
  readonly terminal?: boolean;
  readonly host?: boolean;
}

const examples = `
Examples:
  kit exec t1 web cat /proc/self/status       a program in the container of a service
  kit exec -t t1 web sh                       a shell there, on a terminal
  kit exec -t t1 --host sh                    a shell on the machine itself
  tar c site | kit exec t1 web tar x -C /srv  standard input goes to the program

kit exec ends with the program's own exit status.`;

/** `kit exec`: a program in a service's container, or on the machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let status = 0;
  const command = program('exec', context)
    .description('Run a program in a machine.')
    .usage('[options] <machine> <service|--host> <command...>')
    .argument('<words...>', 'the machine, the service or --host, the program and its arguments')
    .option('-t, --terminal', 'give it a terminal')
    .option('--host', 'run it on the machine itself instead of in a service')
    .passThroughOptions()
    .addHelpText('after', examples)
    .action(async (words: string[], flags: Flags) => {
      status = await execute(words, flags, context);
    });
  return (await parse(command, args)) || status;
}

async function execute(words: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { machine: name, service, command } = readWords(words, flags);
  if (flags.terminal && !isTerminal(context)) {
    throw new KitError('Cannot give the program a terminal: standard input and output are not one', {
      hint: 'leave out -t',
      exitCode: 2,
    });
  }
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const terminal = flags.terminal ? terminalSize(context) : undefined;
  const start = {
    service,
    command: [...command],
    terminal,
    term: flags.terminal ? (context.env.TERM ?? '') : '',
  };
  try {
    return await runExec(client.exec(), start, context);
  } catch (thrown) {
    context.signal.throwIfAborted();
    throw guestError(`Cannot run "${command[0]}" in machine "${name}"`, name, thrown);
  }
}

interface Words {
  readonly machine: string;
  /** Empty: the machine itself. */
  readonly service: string;
  readonly command: readonly string[];
}

/** `--host` stands where a service would, or before the machine. */
function readWords([machine = '', ...rest]: readonly string[], { host }: Flags): Words {
  const onHost = host || rest[0] === '--host';
  const [service = '', ...command] = onHost ? ['', ...rest.slice(host ? 0 : 1)] : rest;
  if (command.length > 0) return { machine, service, command };
  throw new KitError(`Cannot run a program in machine "${machine}": none is named`, {
    hint: 'kit exec MACHINE SERVICE COMMAND…, or kit exec MACHINE --host COMMAND…',
    exitCode: 2,
  });
}
