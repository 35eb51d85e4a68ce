/**
 * `launcher-main.ts DIR TERMINAL`: starts the container of the machine in DIR. The monitor runs it in a mount
 * namespace of its own, with an IPC channel; when the channel closes, the monitor is gone, and the container
 * is killed.
 */
import process from 'node:process';
import { reasonOf } from '../../lib/errors/errors.ts';
import { leaveSessionKeyring } from '../../lib/linux/process/keyring.ts';
import { signalProcess } from '../../lib/linux/process/process.ts';
import { readLaunch } from '../backend/launch-file.ts';
import type { ContainerLaunch } from './launch.ts';
import { Launcher, type LauncherMessage, type LauncherOrder } from './launcher.ts';

// A container's root would find the login's keys by their ids.
leaveSessionKeyring();
const [dir = '', terminal = ''] = process.argv.slice(2);
const started = await readLaunch(dir);
if (started.kind !== 'container') throw new Error(`Machine "${dir}" is not a container`);

const send = (message: LauncherMessage): void => void process.send?.(message, undefined, undefined, () => {});
const launcher = new Launcher(dir, started as object as ContainerLaunch, send);
process.on('message', ({ launch }: LauncherOrder) => {
  launcher.prepare(launch).then(
    () => send({ kind: 'prepared', failure: '' }),
    (thrown: unknown) => send({ kind: 'prepared', failure: reasonOf(thrown) }),
  );
});
process.on('disconnect', () => launcher.kill());
process.on('SIGTERM', () => launcher.kill());

const last = await launcher.run(terminal).catch((thrown: unknown): LauncherMessage => {
  launcher.kill();
  return { kind: 'ended', how: 'failed', reason: reasonOf(thrown) };
});
if (process.connected)
  await new Promise<void>((resolve) => process.send?.(last, undefined, undefined, () => resolve()));
// Without the monitor, nothing else ends what remains of this process group.
else signalProcess(-process.pid, 'SIGKILL');
process.exit(0);
