import { readFileSync } from 'node:fs';

/** Identifies a process even after its pid has been reused. */
export interface ProcessId {
  readonly pid: number;
  /** Clock ticks from the host's boot to its start: field 22 of /proc/PID/stat, proc_pid_stat(5). */
  readonly startTicks: number;
}

/** The identity of a running process; undefined when there is none with that pid. */
export function processId(pid: number): ProcessId | undefined {
  const stat = readStat(pid);
  return stat && stat.state !== 'Z' ? { pid, startTicks: stat.startTicks } : undefined;
}

export const ownProcess = (): ProcessId => processId(process.pid) ?? { pid: process.pid, startTicks: 0 };

/** Whether that process still runs: it is not a zombie, and its pid was not reused. */
export function isAlive(id: ProcessId): boolean {
  return processId(id.pid)?.startTicks === id.startTicks;
}

/** Sends a signal to that process; false when it is gone. */
export function signalTo(id: ProcessId, signal: NodeJS.Signals): boolean {
  if (!isAlive(id)) return false;
  try {
    return process.kill(id.pid, signal);
  } catch {
    return false;
  }
}

function readStat(pid: number): { state: string; startTicks: number } | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return undefined;
  }
}

/**
 * `PID (NAME) STATE …`: the name may contain blanks and parentheses, so fields are counted from the last `)`.
 */
export function parseStat(text: string): { state: string; startTicks: number } {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: Number(fields[19]) };
}
