/**
 * `monitor-main.ts DIR`: the process that owns the machine in that folder, started by `kit run` with an IPC
 * channel.
 */
import process from 'node:process';
import { type FromMonitor, readLaunch, type ToMonitor } from '../backend/launch.ts';
import { readRecord } from '../machine/records/record.ts';
import { Monitor } from './monitor.ts';

const [dir = ''] = process.argv.slice(2);
const record = await readRecord(dir);
if (!record) throw new Error(`There is no machine in "${dir}"`);

const send = (message: FromMonitor): void => {
  // Nobody may be listening any more, which is as it should be.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};
const monitor = new Monitor(dir, record, await readLaunch(dir), send);
let detached = false;
process.on('message', (message: ToMonitor) => {
  if (message.kind === 'detach') detached = true;
  else monitor.obey(message);
});
// A command that goes without a word was killed, or its terminal was closed: nobody would know of the
// machine.
process.on('disconnect', () => detached || monitor.stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => monitor.stop());

const last = await monitor.run();
await new Promise<void>((resolve) => {
  if (process.connected) process.send?.(last, undefined, undefined, () => resolve());
  else resolve();
});
// Clients may still hold connections to our socket; there is nothing more to say to them.
process.exit(0);
