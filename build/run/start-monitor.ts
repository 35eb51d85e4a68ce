import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { MachineExit } from '../backend/instance.ts';
import { nodeProgram } from '../host/paths.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { lifelineFlag, type MonitorCommand, type MonitorMessage } from '../monitor/messages.ts';

interface MonitorEvents {
  output: [Uint8Array];
  notice: [string];
  ended: [MachineExit];
}

/** The monitor of a machine, as the command that started it sees it. Emits what the monitor reports. */
export class MonitorHandle extends EventEmitter<MonitorEvents> {
  /** How the machine ended, once it has. */
  exit: MachineExit | undefined;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('message', (message: MonitorMessage) => this.#receive(message));
    child.on('exit', () => this.#end({ state: 'failed', reason: 'its monitor was killed' }));
  }

  send(command: MonitorCommand): void {
    if (this.#child.connected) this.#child.send(command, () => {});
  }

  /**
   * Leaves the machine running when this process exits. Until `disconnect`, the monitor's messages still
   * arrive.
   */
  detach(): void {
    this.send({ kind: 'detach' });
    this.#child.unref();
  }

  /** Closes the channel, which would otherwise keep this process alive. */
  disconnect(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #receive(message: MonitorMessage): void {
    if (message.kind === 'output') this.emit('output', message.bytes);
    if (message.kind === 'notice') this.emit('notice', message.text);
    if (message.kind === 'ended') this.#end({ state: message.state, reason: message.reason });
  }

  #end(exit: MachineExit): void {
    if (this.exit) return;
    this.exit = exit;
    this.emit('ended', exit);
  }
}

/**
 * Starts the monitor of the machine in `dir`, in a session of its own, and resolves when the machine runs.
 * @param listen is called before the first message arrives: the guest may print at once
 * @param lifeline a socket's descriptor: when its other end closes, the monitor ends the machine at once and
 *   removes its folder
 * @throws KitError when the machine cannot be started
 */
export async function startMonitor(
  dir: string,
  listen: (handle: MonitorHandle) => void,
  lifeline?: number,
): Promise<MonitorHandle> {
  const log = openSync(join(dir, machineFiles.monitorLog), 'a', 0o600);
  const flags = lifeline === undefined ? [] : [lifelineFlag];
  const args = [...nodeProgram('build/monitor/monitor-main.ts'), dir, ...flags];
  const child = spawnProgram(process.execPath, args, {
    cwd: '/',
    detached: true,
    // The lifeline becomes descriptor 4 (`lifelineFd`).
    stdio: ['ignore', log, log, 'ipc', ...(lifeline === undefined ? [] : [lifeline])],
    serialization: 'advanced',
  });
  closeSync(log);
  const handle = new MonitorHandle(child);
  listen(handle);
  await untilStarted(child, dir);
  return handle;
}

async function untilStarted(child: ChildProcess, dir: string): Promise<void> {
  const abort = new AbortController();
  const exited = once(child, 'exit', { signal: abort.signal }).then(() => ({ kind: 'exited' }) as const);
  exited.catch(() => {});
  const first = new Promise<MonitorMessage>((resolve) => {
    child.on('message', (message: MonitorMessage) => {
      if (message.kind === 'started' || message.kind === 'failed') resolve(message);
    });
  });
  const message = await Promise.race([first, exited]);
  abort.abort();
  if (message.kind === 'started') return;
  const hint = `its logs are in ${dir}`;
  if (message.kind === 'failed') throw new KitError(`Cannot start the machine: ${message.message}`, { hint });
  throw new KitError('Cannot start the machine: its monitor ended', { hint });
}
