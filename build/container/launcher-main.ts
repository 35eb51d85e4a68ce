/**
 * `launcher-main.ts DIR TERMINAL`: the process around the container of that machine, started by its monitor in a mount
 * namespace of its own, with an IPC channel. When that closes, the monitor is gone, and the container with it.
 */
import process from 'node:process';
import { reasonOf } from '../../lib/errors/errors.ts';
import { readLaunch } from '../backend/launch.ts';
import { type FromLauncher, Launcher } from './launcher.ts';

const [dir = '', terminal = ''] = process.argv.slice(2);
const launch = await readLaunch(dir);
if (launch.kind !== 'container') throw new Error(`Machine "${dir}" is no container`);

const send = (message: FromLauncher): void => void process.send?.(message, undefined, undefined, () => {});
const launcher = new Launcher(dir, launch, send);
process.on('disconnect', () => launcher.kill());
process.on('SIGTERM', () => launcher.kill());

const last = await launcher.run(terminal).catch((thrown: unknown): FromLauncher => {
  launcher.kill();
  return { kind: 'ended', how: 'failed', reason: reasonOf(thrown) };
});
await new Promise<void>((resolve) => {
  if (process.connected) process.send?.(last, undefined, undefined, () => resolve());
  else resolve();
});
process.exit(0);
