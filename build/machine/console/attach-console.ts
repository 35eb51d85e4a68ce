import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { visible } from '../../../lib/errors/visible.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import { type Machine, readMachine } from '../records/find.ts';
import { machineFiles, socketPath } from '../records/folder.ts';
import { attachTerminal, type ConsoleChoice } from './console-keys.ts';

/** How an attached console ended: its machine has, or the user has left it. */
export type ConsoleEnd = 'ended' | 'left';

/**
 * Connects the user's terminal to the console of a running machine, starting with its last screen. Resolves
 * when the machine has ended or the user leaves. @param choose carries out the other choices after Ctrl-]
 * @throws KitError when the console cannot be opened
 */
export async function attachConsole(
  machine: Machine,
  context: Context,
  choose: (choice: Exclude<ConsoleChoice, 'detach'>) => void,
): Promise<ConsoleEnd> {
  const { stdout, signal } = context;
  const socket = await openConsole(machine);
  const left = Promise.withResolvers<'left'>();
  const leave = (): void => left.resolve('left');
  const restore = attachTerminal(
    context,
    (bytes) => void socket.write(bytes),
    (choice) => (choice === 'detach' ? leave() : choose(choice)),
  );
  socket.on('data', (bytes) => stdout.write(bytes));
  signal.addEventListener('abort', leave, { once: true });
  try {
    const ended = once(socket, 'close').then(() => 'ended' as const);
    return await Promise.race([ended, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
    restore();
    socket.destroy();
  }
}

async function openConsole({ dir, record: { name } }: Machine): Promise<Socket> {
  const { path, close } = socketPath(dir, machineFiles.consoleSocket);
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    // A connection that breaks later ends the console like the machine's end.
    return socket.on('error', () => {});
  } catch (thrown) {
    const why = codeOf(thrown) === 'ENOENT' ? 'its monitor serves none' : reasonOf(thrown);
    throw new KitError(`Cannot open the console of machine "${name}": ${why}`, {
      hint: `kit logs --console ${name} shows its output`,
      cause: thrown,
    });
  } finally {
    close();
  }
}

/**
 * `kit console` on a terminal: attaches it, and says on leaving what became of the machine.
 * @throws KitError
 */
export async function showInteractiveConsole(machine: Machine, context: Context): Promise<void> {
  const { name } = machine.record;
  const notify = (text: string): void => void context.stderr.write(`\r\nkit: ${visible(text)}\r\n`);
  const ask = (choice: 'stop' | 'quit'): void => {
    if (choice === 'stop') notify('powering off');
    void end(machine, choice).catch((thrown: unknown) => notify(`Cannot end it: ${grpcReason(thrown)}`));
  };
  notify(`console of machine "${name}"; Ctrl-] leaves it`);
  if ((await attachConsole(machine, context, ask)) === 'left')
    return notify(`machine "${name}" runs on; kit console ${name} opens its console again`);
  const reason = (await readMachine(machine.dir))?.record.reason;
  notify(`machine "${name}" has ended${reason ? ` (${reason})` : ''}`);
}

/** A guest whose supervisor does not answer gets the power button. */
async function end({ dir }: Machine, choice: 'stop' | 'quit'): Promise<void> {
  using client = new MachineClient(dir);
  if (choice === 'quit') await client.monitor('quit');
  else await client.end('poweroff').catch(() => client.monitor('powerButton'));
}
