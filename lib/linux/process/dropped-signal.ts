import { readFileSync } from 'node:fs';

/**
 * Signals that do not end a process without a handler (signal(7)): SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
 * SIGTTIN, SIGTTOU, SIGURG, SIGWINCH.
 */
const harmless: ReadonlySet<number> = new Set([17, 18, 19, 20, 21, 22, 23, 28]);

/**
 * Whether the kernel drops a signal that would end any other process: this one is the first of its PID
 * namespace and has no handler for it (pid_namespaces(7)). False for a process that blocks the signal, and
 * may wait for it by sigwait(3) or signalfd(2), or that ignores it of itself; also when it is gone.
 */
export function dropsSignal(pid: number, signal: number): boolean {
  try {
    return isDropped(readFileSync(`/proc/${pid}/status`, 'utf8'), signal);
  } catch {
    return false;
  }
}

/** `status`: the text of /proc/PID/status (proc_pid_status(5)), whose SigBlk is that of the first thread. */
export function isDropped(status: string, signal: number): boolean {
  const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(status)?.[1] ?? '';
  const pids = field('NSpid').split(/\s+/);
  const isFirst = pids.length > 1 && pids.at(-1) === '1';
  const isNamed = (mask: string) => !/^[0-9a-f]+$/.test(mask) || isInMask(mask, signal);
  return (
    isFirst && !harmless.has(signal) && !['SigBlk', 'SigIgn', 'SigCgt'].some((name) => isNamed(field(name)))
  );
}

/** Bit 0 stands for signal 1. */
const isInMask = (mask: string, signal: number): boolean =>
  ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
