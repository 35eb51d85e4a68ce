import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { isTerminal, terminalSize } from '../../host/terminal.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { guestError } from '../../machine/client/guest-error.ts';
import type { PreparedDebugImage } from '../../machine/exec/debug-image.ts';
import { runExec } from '../../machine/exec/exec.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';

import { type SourceFlags, withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends SourceFlags {
  readonly terminal?: boolean;
  readonly host?: boolean;
  readonly debugImage?: string;
}

const examples: Examples = {
  rows: [
    ['kit exec t1 web cat /proc/self/status', 'run a program in the container of a service'],
    ['kit exec -t t1 web sh', 'a shell in the container, on a terminal'],
    ['kit exec -t t1 --host sh', 'a shell on the machine itself'],
    ['kit exec -t t1 --debug-image pkg/debug-tools web', 'a shell for a service that has none'],
    ['kit exec t1 --debug-image pkg/debug-tools web -- ss -tln'],
    ['tar c site | kit exec t1 web tar x -C /srv', 'with standard input'],
  ],
  notes: `
A debug image is any image that a manifest can name. Its programs run in the namespaces of the service, and
see its files in /target. kit exec exits with the exit status of the program.`,
};

/** `kit exec`: runs a program in the container of a service, or on the machine. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('exec', context))
    .description('Run a program in a machine.')
    .usage('[options] <machine> [--debug-image <image>] <service|--host> <command...>')
    .argument('<words...>', 'the machine, the service or --host, the program and its arguments')
    .option('-t, --terminal', 'run it on a terminal')
    .option('--host', 'run it on the machine itself instead of in a container')
    .option('--debug-image <image>', 'run a program of this image in the namespaces of the service')
    .passThroughOptions()
    .withExamples(examples)
    .action((words: string[], flags: Flags) => execute(words, flags, context));
  return command;
}

async function execute(words: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { machine: name, service, command, debugImage } = readWords(words, flags);
  if (flags.terminal && !isTerminal(context)) {
    throw new KitError('Cannot use -t: standard input and output are not a terminal', {
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

/** Builds or finds the image on this host; `push` sends it to the machine. */
async function prepare(
  ref: string,
  flags: WorkFlags,
  context: Context,
): Promise<PreparedDebugImage & { push(client: MachineClient): Promise<void> }> {
  // Loaded on demand: building images needs far more code than the rest of this command.
  const { prepareDebugImage, pushDebugImage } = await import('../../machine/exec/debug-image.ts');
  const work = workFor(context, flags);
  const prepared = await prepareDebugImage(ref, context.cwd, work);
  return { ...prepared, push: (client) => pushDebugImage(client, prepared, work) };
}

interface Words {
  readonly machine: string;
  /** Empty: the machine itself. */
  readonly service: string;
  /** Empty: the command of the debug image. */
  readonly command: readonly string[];
  readonly debugImage: string | undefined;
}

/**
 * `--host` may be before the machine or in place of the service, `--debug-image` before the machine or the
 * service.
 */
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
  const isComplete = command.length > 0 || (debugImage !== undefined && (host || service !== ''));
  if (isComplete && debugImage !== '') return { machine, service, command, debugImage };
  throw new KitError(`Cannot run a program in machine "${machine}": none is given`, {
    hint: 'kit exec MACHINE SERVICE COMMAND…, or kit exec MACHINE --host COMMAND…',
    exitCode: 2,
  });
}
