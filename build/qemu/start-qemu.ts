import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { reasonOf } from '../../lib/errors/errors.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { ToolCommand } from '../tools/command.ts';
import { qemuDescriptors } from './qemu-arguments.ts';
import { Qmp, type QmpEvent } from './qmp.ts';

/** How a process ended: one of the two is not null. Or, as a sentence, why it never ran. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly neverRan?: string;
}

export interface Qemu {
  readonly pid: number;
  /** The guest's serial console. */
  readonly console: Duplex;
  readonly qmp: Qmp;
  readonly exited: Promise<Exit>;
  readonly kill: () => void;
  /** Resets the machine, which has stopped because its guest asked for that (`waitsForMonitor`), and lets it run. */
  readonly reset: () => Promise<void>;
}

/** Starts QEMU in the machine's folder. It dies with this process. What it says goes to qemu.log. */
export function startQemu({ file, args, env }: ToolCommand, dir: string): Qemu {
  const log = openSync(join(dir, machineFiles.qemuLog), 'a', 0o600);
  const node = ['--disable-warning=ExperimentalWarning', boundProgram, String(process.pid)];
  const child = spawnProgram(process.execPath, [...node, file, ...args], {
    cwd: dir,
    env,
    // 3 and 4 (`qemuDescriptors`) are socket pairs, so these two need no name in the file system.
    stdio: ['ignore', log, log, 'pipe', 'pipe'],
  });
  closeSync(log);
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

const boundProgram = join(import.meta.dirname, 'bound.ts');

async function reset(qmp: Qmp): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const look = ({ event }: QmpEvent): void => {
      if (event !== 'RESET') return;
      qmp.off('event', look);
      resolve();
    };
    qmp.on('event', look);
  });
  // Without this our own reset would stop it, too.
  await qmp.execute('set-action', { reboot: 'reset' });
  await qmp.execute('system_reset');
  // QEMU refuses to go on before.
  await done;
  await qmp.execute('set-action', { reboot: 'shutdown' });
  await qmp.execute('cont');
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.on('error', (thrown) => {
      if (child.pid === undefined) resolve({ code: 127, signal: null, neverRan: reasonOf(thrown) });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** The last lines that QEMU wrote, without those that name a setting it merely warns about. */
export function qemuSaid(dir: string): string {
  try {
    const lines = readFileSync(join(dir, machineFiles.qemuLog), 'utf8').trimEnd().split('\n');
    return lines
      .filter((line) => !/\bwarning:/.test(line))
      .slice(-5)
      .join('\n');
  } catch {
    return '';
  }
}
