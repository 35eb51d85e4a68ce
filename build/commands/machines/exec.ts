import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { isTerminal, terminalSize } from '../../host/terminal.ts';
import { MachineClient } from '../../machine/client/client.ts';
import type { PreparedDebugImage } from '../../machine/exec/debug-image.ts';
import { runExec } from '../../machine/exec/exec.ts';
import { parse, program } from '../flags/program.ts';
import { guestError, runningMachine } from '../flags/service.ts';
import { type SourceFlags, withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends SourceFlags {
  readonly terminal?: boolean;
  readonly host?: boolean;
  readonly debugImage?: string;
}

const examples = `
Examples:
  kit exec t1 web cat /proc/self/status       a program in the container of a service
  kit exec -t t1 web sh                       a shell there, on a terminal
  kit exec -t t1 --host sh                    a shell on the machine itself
  kit exec -t t1 --debug-image pkg/debug-tools web         tools beside a service that has no shell
  kit exec t1 --debug-image pkg/debug-tools web -- ss -tln
  tar c site | kit exec t1 web tar x -C /srv  standard input goes to the program

A debug image is any that a manifest may name. Its programs see the processes, ports and host name of the service, and its
files under /target. kit exec ends with the program's own exit status.`;

/** `kit exec`: a program in a service's container, or on the machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let status = 0;
  const command = withSources(program('exec', context))
    .description('Run a program in a machine.')
    .usage('[options] <machine> [--debug-image <image>] <service|--host> <command...>')
    .argument('<words...>', 'the machine, the service or --host, the program and its arguments')
    .option('-t, --terminal', 'give it a terminal')
    .option('--host', 'run it on the machine itself instead of in a service')
    .option('--debug-image <image>', 'run a program of this image beside the service')
    .passThroughOptions()
    .addHelpText('after', examples)
    .action(async (words: string[], flags: Flags) => {
      status = await execute(words, flags, context);
    });
  return (await parse(command, args)) || status;
}

async function execute(words: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { machine: name, service, command, debugImage } = readWords(words, flags);
  if (flags.terminal && !isTerminal(context)) {
    throw new KitError('Cannot give the program a terminal: standard input and output are not one', {
      hint: 'leave out -t',
      exitCode: 2,
    });
  }
  const machine = await runningMachine(name, context);
  const { arch } = machine.record;
  const debug = debugImage === undefined ? undefined : await prepare(debugImage, { ...flags, arch }, context);
  const run = command.length > 0 ? command : (debug?.command ?? []);
  using client = new MachineClient(machine.dir);
  try {
    await debug?.push(client);
    const terminal = flags.terminal ? terminalSize(context) : undefined;
    const term = flags.terminal ? (context.env.TERM ?? '') : '';
    const start = { service, command: [...run], terminal, term, image: debug?.image };
    return await runExec(client.exec(), start, context);
  } catch (thrown) {
    context.signal.throwIfAborted();
    throw guestError(`Cannot run "${run[0]}" in machine "${name}"`, machine, thrown);
  }
}

/** The image on this host, and how it comes into the machine. */
async function prepare(
  ref: string,
  flags: WorkFlags,
  context: Context,
): Promise<PreparedDebugImage & { push(client: MachineClient): Promise<void> }> {
  // Building images is more to load than the rest of this command.
  const { prepareDebugImage, pushDebugImage } = await import('../../machine/exec/debug-image.ts');
  const work = workFor(context, flags);
  const prepared = await prepareDebugImage(ref, context.cwd, work);
  return { ...prepared, push: (client) => pushDebugImage(client, prepared, work) };
}

interface Words {
  readonly machine: string;
  /** Empty: the machine itself. */
  readonly service: string;
  /** Empty: what the debug image runs by itself. */
  readonly command: readonly string[];
  readonly debugImage: string | undefined;
}

/** `--host` stands where a service would, or before the machine; `--debug-image` before either. */
function readWords([machine = '', ...words]: readonly string[], flags: Flags): Words {
  let { host = false, debugImage } = flags;
  const rest = [...words];
  for (let [word] = rest; word === '--host' || word === '--debug-image'; [word] = rest) {
    rest.shift();
    if (word === '--host') host = true;
    else debugImage = rest.shift() ?? '';
  }
  const service = host ? '' : (rest.shift() ?? '');
  const command = rest[0] === '--' ? rest.slice(1) : rest;
  const toDo = command.length > 0 || (debugImage !== undefined && (host || service !== ''));
  if (toDo && debugImage !== '') return { machine, service, command, debugImage };
  throw new KitError(`Cannot run a program in machine "${machine}": none is named`, {
    hint: 'kit exec MACHINE SERVICE COMMAND…, or kit exec MACHINE --host COMMAND…',
    exitCode: 2,
  });
}
