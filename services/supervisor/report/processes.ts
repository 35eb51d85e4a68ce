import { readdirSync } from 'node:fs';
import { textOf } from '../memory/cgroup.ts';

const pageBytes = 4096;

/** All processes: `PID PPID STATE RSS NAME`. Their command lines and environments are nobody's but their own. */
export function processLines(): string {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const lines = pids.sort((a, b) => Number(a) - Number(b)).flatMap(lineOf);
  return ['PID PPID STATE RSS NAME', ...lines, ''].join('\n');
}

/** proc_pid_stat(5): the name is in parentheses, and may hold some. */
function lineOf(pid: string): string[] {
  const text = textOf(`/proc/${pid}/stat`);
  const [from, to] = [text.indexOf('('), text.lastIndexOf(')')];
  if (to < from || from === -1) return [];
  const fields = text.slice(to + 2).split(' ');
  const rss = Number(fields[21]) * pageBytes;
  return [`${pid} ${fields[1]} ${fields[0]} ${rss} ${text.slice(from + 1, to)}`];
}
