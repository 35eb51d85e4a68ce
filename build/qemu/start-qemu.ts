import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { ToolCommand } from '../tools/command.ts';
import { exitOf, type ProcessExit, startBound } from './bound/start-bound.ts';
import { qemuFiles } from './files.ts';
import { qemuDescriptors } from './qemu-arguments.ts';
import { Qmp, type QmpEvent } from './qmp.ts';

export interface Qemu {
  readonly pid: number;
  /** The guest's serial console. */
  readonly console: Duplex;
  readonly qmp: Qmp;
  readonly exited: Promise<ProcessExit>;
  readonly kill: () => void;
  /**
   * Carries out the reset that the guest has requested, and for which QEMU has stopped (`waitsForMonitor`).
   */
  readonly reset: () => Promise<void>;
}

/**
 * Starts QEMU in the machine's folder, its output in qemu.log. The kernel kills it when this process ends.
 * @param tpm a descriptor that leads to the machine's TPM
 */
export function startQemu(command: ToolCommand, dir: string, tpm?: number): Qemu {
  // Node's pipes are socket pairs, so descriptors 3 and 4 (`qemuDescriptors`) need no path.
  const descriptors = ['pipe', 'pipe', ...(tpm === undefined ? [] : [tpm])] as const;
  const child = startBound(command, { cwd: dir, log: join(dir, qemuFiles.log), descriptors });
  const console = child.stdio[qemuDescriptors.console] as Duplex;
  console.on('error', () => {});
  const qmp = new Qmp(child.stdio[qemuDescriptors.qmp] as Duplex);
  return {
    pid: child.pid ?? 0,
    console,
    qmp,
    exited: exitOf(child),
    kill: () => child.kill('SIGKILL'),
    reset: () => reset(qmp),
  };
}

async function reset(qmp: Qmp): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const onEvent = ({ event }: QmpEvent): void => {
      if (event !== 'RESET') return;
      qmp.off('event', onEvent);
      resolve();
    };
    qmp.on('event', onEvent);
  });
  // Otherwise QEMU would stop for this reset too.
  await qmp.execute('set-action', { reboot: 'reset' });
  await qmp.execute('system_reset');
  // QEMU refuses `cont` before the reset is done.
  await done;
  await qmp.execute('set-action', { reboot: 'shutdown' });
  await qmp.execute('cont');
}

/** The last five lines of qemu.log that are not warnings; empty when there is no log. */
export function qemuLogTail(dir: string): string {
  try {
    const lines = readFileSync(join(dir, qemuFiles.log), 'utf8').trimEnd().split('\n');
    return lines
      .filter((line) => !/\bwarning:/.test(line))
      .slice(-5)
      .join('\n');
  } catch {
    return '';
  }
}
