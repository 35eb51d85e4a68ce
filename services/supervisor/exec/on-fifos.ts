import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { ExecIo, TerminalSize } from '../../../lib/containerd/client.ts';
import { makeFifo } from '../../../lib/linux/io/fifo.ts';
import { signalNumber } from '../state/exit.ts';
import { type ExecRequest, type Execution, hangUpMs } from './execution.ts';

/** A process that containerd keeps: one more in a container, or the first of one. */
export interface FifoProcess {
  /** Makes it, not yet running; the shim comes to its ends of the fifos. */
  create(io: ExecIo): Promise<unknown>;
  start(): Promise<unknown>;
  /** `signal`: its number. */
  kill(signal: number): Promise<unknown>;
  resize(size: TerminalSize): Promise<unknown>;
  /** The shim holds the input open as well. */
  closeInput(): Promise<unknown>;
  /** Its exit status, or 128 + signal. */
  wait(): Promise<number>;
  /** Clears away what is left of it, also of one that never started. */
  remove(): Promise<unknown>;
}

/**
 * Runs a process with fifos for its streams. @param folder in memory, its own
 * @throws the reason when it does not start
 */
export async function executeOnFifos(
  process: FifoProcess,
  folder: string,
  { terminal }: Pick<ExecRequest, 'terminal'>,
): Promise<Execution> {
  const io = makeFifos(folder, terminal !== undefined);
  // Each fifo needs an end that is open at once and never blocks; the shim comes to the other one.
  const held = [io.stdin, io.stdout, io.stderr].filter(Boolean).map(holdOpen);
  try {
    await process.create(io);
    await process.start();
    return execution(process, io, terminal);
  } catch (thrown) {
    await process.remove().catch(() => {});
    throw thrown;
  } finally {
    for (const fd of held) closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFifos(folder: string, terminal: boolean): ExecIo {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fifo = (name: string): string => {
    makeFifo(join(folder, name));
    return join(folder, name);
  };
  return { stdin: fifo('stdin'), stdout: fifo('stdout'), stderr: terminal ? '' : fifo('stderr'), terminal };
}

const holdOpen = (path: string): number => openSync(path, constants.O_RDWR | constants.O_NONBLOCK);

/** Our own ends are opened while the shim has the others: from here on a fifo ends when the shim lets go of it. */
function execution(process: FifoProcess, io: ExecIo, terminal: TerminalSize | undefined): Execution {
  const stdin = new Socket({ fd: open(io.stdin, constants.O_WRONLY), readable: false, writable: true });
  const reader = (path: string): Socket =>
    new Socket({ fd: open(path, constants.O_RDONLY), readable: true, writable: false });
  const stdout = reader(io.stdout);
  const stderr = io.stderr === '' ? undefined : reader(io.stderr);
  for (const stream of [stdin, stdout, stderr]) stream?.on('error', () => stream.destroy());
  const kill = (signal: string): void => void process.kill(signalNumber(signal)).catch(() => {});
  const resize: Execution['resize'] = (size) => void process.resize(size).catch(() => {});
  // crun pays no heed to consoleSize, and there is no terminal to resize before the program runs.
  if (terminal) resize(terminal);
  const ended = statusOf(process);
  return {
    ...{ stdin, stdout, stderr, ended, resize },
    endInput() {
      if (terminal) stdin.write('\x04');
      else stdin.end(() => void process.closeInput().catch(() => {}));
    },
    signal: kill,
    abandon() {
      for (const stream of [stdin, stdout, stderr]) stream?.destroy();
      kill('SIGHUP');
      const timer = setTimeout(() => kill('SIGKILL'), hangUpMs);
      void ended.catch(() => {}).finally(() => clearTimeout(timer));
    },
  };
}

const open = (path: string, mode: number): number => openSync(path, mode | constants.O_NONBLOCK);

async function statusOf(process: FifoProcess): Promise<number> {
  try {
    return await process.wait();
  } finally {
    // Also when containerd went away meanwhile: nobody else will.
    await process.remove().catch(() => {});
  }
}
