import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

const libc = bindFunctions({ waitpid: { arguments: ['int32', 'pointer', 'int32'], return: 'int32' } });

/** include/uapi/linux/wait.h */
const WNOHANG = 1;

export interface WaitStatus {
  /** The exit status, or 128 + the signal's number. */
  readonly status: number;
  /** Number of the signal that killed it, else 0. */
  readonly signal: number;
}

/** waitpid(2) with WNOHANG for one child: reaps it and returns its status if it has ended, else undefined. */
export function reapChild(pid: number): WaitStatus | undefined {
  const status = Buffer.alloc(4);
  try {
    const found = check('waitpid', libc.waitpid(pid, status, WNOHANG));
    return found === 0 ? undefined : parseWaitStatus(status.readInt32LE());
  } catch (thrown) {
    // It has been reaped already, or is no child of this process.
    if (thrown instanceof SyscallError && thrown.code === 'ECHILD') return undefined;
    throw thrown;
  }
}

/** wait(2): the low 7 bits are the signal, bits 8 to 15 the exit status. */
function parseWaitStatus(word: number): WaitStatus {
  const signal = word & 0x7f;
  return { signal, status: signal === 0 ? (word >> 8) & 0xff : 128 + signal };
}

/** The direct children of this process, adopted ones included (`children` of proc_pid_task(5)). */
export function childPids(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      return readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number);
    } catch {
      // The thread has ended, and its children belong to another one: they are seen now or next time.
      return [];
    }
  });
}

/** The pid of a process's parent; 0 when there is no such process (`PPid` of proc_pid_status(5)). */
export function parentPid(pid: number): number {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Signals the process group that a child leads, unless the child has been reaped: its pid may be reused. */
export function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) signalProcess(-pid, signal);
}

/** Sends a signal to a process, or to a process group if `pid` is negative. False if there is none. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
