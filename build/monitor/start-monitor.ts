import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { FromMonitor, ToMonitor } from '../backend/launch.ts';
import type { Ended } from '../backend/life.ts';
import { machineFiles } from '../machine/records/folder.ts';

/** The monitor of a machine, as seen by the command that started it. Emits what it reports. */
export class MonitorHandle extends EventEmitter<{ output: [Uint8Array]; line: [string]; ended: [Ended] }> {
  /** How the machine ended, once it has. */
  ended: Ended | undefined;
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.child = child;
    child.on('message', (message: FromMonitor) => this.receive(message));
    child.on('exit', () => this.end({ state: 'failed', reason: 'its monitor was killed' }));
  }

  tell(message: ToMonitor): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  /** The machine stays; this command may end. What the monitor reports is still heard. */
  detach(): void {
    this.tell({ kind: 'detach' });
    this.child.unref();
  }

  /** Lets go for good. */
  disconnect(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private receive(message: FromMonitor): void {
    if (message.kind === 'output') this.emit('output', message.bytes);
    if (message.kind === 'line') this.emit('line', message.text);
    if (message.kind === 'ended')
      this.end({ state: message.state === 'failed' ? 'failed' : 'stopped', reason: message.reason });
  }

  private end(ended: Ended): void {
    if (this.ended) return;
    this.ended = ended;
    this.emit('ended', ended);
  }
}

/** Starts the monitor of the machine in `dir`, in a session of its own, and resolves when QEMU runs. */
export async function startMonitor(
  dir: string,
  listen: (handle: MonitorHandle) => void,
): Promise<MonitorHandle> {
  const log = openSync(join(dir, machineFiles.monitorLog), 'a', 0o600);
  const child = spawnProgram(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', monitorProgram, dir],
    {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      serialization: 'advanced',
    },
  );
  closeSync(log);
  const handle = new MonitorHandle(child);
  // Before the first message can arrive: the guest may speak at once.
  listen(handle);
  await started(child, dir);
  return handle;
}

const monitorProgram = join(import.meta.dirname, 'monitor-main.ts');

async function started(child: ChildProcess, dir: string): Promise<void> {
  const ending = new AbortController();
  const exited = once(child, 'exit', { signal: ending.signal }).then(() => ({ kind: 'exit' }) as const);
  exited.catch(() => {});
  const first = new Promise<FromMonitor>((resolve) => {
    child.on('message', (message: FromMonitor) => {
      if (message.kind === 'started' || message.kind === 'failed') resolve(message);
    });
  });
  const message = await Promise.race([first, exited]);
  ending.abort();
  if (message.kind === 'started') return;
  const hint = `everything it said is in ${dir}`;
  if (message.kind === 'failed') throw new KitError(`Cannot start the machine: ${message.message}`, { hint });
  throw new KitError('Cannot start the machine: its monitor ended', { hint });
}
