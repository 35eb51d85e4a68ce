/**
 * `monitor-main.ts DIR [--lifeline]`: the process that owns the machine in that folder. `kit run` starts it
 * with an IPC channel.
 */
import { rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import process from 'node:process';
import { readRecord } from '../machine/records/record.ts';
import { instanceOf } from './backends.ts';
import { lifelineFd, lifelineFlag, type MonitorCommand, type MonitorMessage } from './messages.ts';
import { Monitor } from './monitor.ts';

const [dir = '', flag] = process.argv.slice(2);
const record = await readRecord(dir);
if (!record) throw new Error(`There is no machine in "${dir}"`);
const machine = { dir, record };

// The channel is closed once the command has left; messages are dropped then.
const send = (message: MonitorMessage): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};
const monitor = new Monitor(machine, await instanceOf(machine), send);
let detached = false;
process.on('message', (command: MonitorCommand) => {
  if (command.kind === 'detach') detached = true;
  else monitor.execute(command);
});
// Closed without `detach`: the command or its terminal is gone, and the user may not know that the machine
// still runs.
process.on('disconnect', () => detached || monitor.stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => monitor.stop());

let abandoned = false;
if (flag === lifelineFlag) {
  const abandon = (): void => {
    abandoned = true;
    // Again, in case that the machine is only about to start.
    setInterval(() => monitor.execute({ kind: 'quit' }), 500);
  };
  new Socket({ fd: lifelineFd })
    .on('error', () => {})
    .once('close', abandon)
    .resume();
}

const last = await monitor.run();
if (abandoned) await rm(dir, { recursive: true, force: true });
await new Promise<void>((resolve) => {
  if (process.connected) process.send?.(last, undefined, undefined, () => resolve());
  else resolve();
});
// Clients that still hold connections to our socket would keep the process alive.
process.exit(0);
