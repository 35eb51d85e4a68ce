import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { ExecIo, TerminalSize } from '../../../lib/containerd/client.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { makeFifo } from '../../../lib/linux/io/fifo.ts';
import { numberOrTerm } from '../state/signals.ts';
import { type ExecRequest, type Execution, hangUpMs } from './execution.ts';

/** A process that containerd manages: a task's first process, or an exec in its container. */
export interface FifoProcess {
  /** Creates it without starting it; the shim opens its ends of the fifos. */
  create(io: ExecIo): Promise<unknown>;
  start(): Promise<unknown>;
  /** `signal`: a number. */
  kill(signal: number): Promise<unknown>;
  resize(size: TerminalSize): Promise<unknown>;
  /** Makes the shim close its own writing end of stdin. */
  closeInput(): Promise<unknown>;
  /** Resolves to its exit status, or 128 + signal. */
  wait(): Promise<number>;
  /** Deletes it from containerd, also if it never started. */
  remove(): Promise<unknown>;
}

/**
 * Runs a process with fifos for its streams.
 * @param folder for the fifos, on a tmpfs; created and removed
 * @throws an error if it cannot start
 */
export async function executeOnFifos(
  process: FifoProcess,
  folder: string,
  { terminal }: Pick<ExecRequest, 'terminal'>,
): Promise<Execution> {
  const io = makeFifos(folder, terminal !== undefined);
  // open(2) of one end blocks or fails until the other end is open: O_RDWR opens both (fifo(7)).
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
  makeFolder(folder, 0o700);
  const fifo = (name: string): string => {
    makeFifo(join(folder, name));
    return join(folder, name);
  };
  return { stdin: fifo('stdin'), stdout: fifo('stdout'), stderr: terminal ? '' : fifo('stderr'), terminal };
}

const holdOpen = (path: string): number => openSync(path, constants.O_RDWR | constants.O_NONBLOCK);

/** Opens our ends while the shim has the others open: a fifo then ends when the shim closes it. */
function execution(process: FifoProcess, io: ExecIo, terminal: TerminalSize | undefined): Execution {
  const stdin = new Socket({ fd: open(io.stdin, constants.O_WRONLY), readable: false, writable: true });
  const reader = (path: string): Socket =>
    new Socket({ fd: open(path, constants.O_RDONLY), readable: true, writable: false });
  const stdout = reader(io.stdout);
  const stderr = io.stderr === '' ? undefined : reader(io.stderr);
  for (const stream of [stdin, stdout, stderr]) stream?.on('error', () => stream.destroy());
  const kill = (signal: string): void => void process.kill(numberOrTerm(signal)).catch(() => {});
  const resize: Execution['resize'] = (size) => void process.resize(size).catch(() => {});
  // crun ignores consoleSize, and there is no terminal to resize before the program runs.
  if (terminal) resize(terminal);
  const exitStatus = waitAndRemove(process);
  return {
    ...{ stdin, stdout, stderr, exitStatus, resize },
    endInput() {
      if (terminal) stdin.write('\x04');
      else stdin.end(() => void process.closeInput().catch(() => {}));
    },
    signal: kill,
    abandon() {
      for (const stream of [stdin, stdout, stderr]) stream?.destroy();
      kill('SIGHUP');
      const timer = setTimeout(() => kill('SIGKILL'), hangUpMs);
      void exitStatus.catch(() => {}).finally(() => clearTimeout(timer));
    },
  };
}

const open = (path: string, mode: number): number => openSync(path, mode | constants.O_NONBLOCK);

async function waitAndRemove(process: FifoProcess): Promise<number> {
  try {
    return await process.wait();
  } finally {
    // Also if containerd went away meanwhile: nothing else removes it.
    await process.remove().catch(() => {});
  }
}
