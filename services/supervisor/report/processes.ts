import { readdirSync } from 'node:fs';
import { readTextOrEmpty } from '../usage/cgroup.ts';

const pageBytes = 4096;

/**
 * A table of all processes: `PID PPID STATE RSS NAME`. Command lines and environments may have secrets and
 * are left out.
 */
export function processTable(): string {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const lines = pids.sort((a, b) => Number(a) - Number(b)).flatMap(rowOf);
  return ['PID PPID STATE RSS NAME', ...lines, ''].join('\n');
}

/** proc_pid_stat(5): the name is in parentheses and may itself contain some. */
function rowOf(pid: string): string[] {
  const text = readTextOrEmpty(`/proc/${pid}/stat`);
  const [from, to] = [text.indexOf('('), text.lastIndexOf(')')];
  if (to < from || from === -1) return [];
  const fields = text.slice(to + 2).split(' ');
  const rss = Number(fields[21]) * pageBytes;
  return [`${pid} ${fields[1]} ${fields[0]} ${rss} ${text.slice(from + 1, to)}`];
}
