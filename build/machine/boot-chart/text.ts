import { mebibytes } from '../../image/plan/budgets.ts';
import type { BootBar, BootTimes } from './boot-times.ts';

const chartWidth = 40;

/** The chart for a terminal: `=` a phase, `.` the start of a process, `#` until it was ready or had ended. */
export function bootText(name: string, { readyMs, bars, memory }: BootTimes): string {
  const end = Math.max(1, ...bars.map(({ startMs, startedMs, endMs }) => endMs ?? startedMs ?? startMs));
  const widest = Math.max(...bars.map((bar) => bar.name.length), 5);
  const ready = readyMs === null ? 'not ready yet' : `ready in ${seconds(readyMs)}`;
  const head = `${'BEGIN'.padStart(8)}${'TOOK'.padStart(8)}  ${'WHAT'.padEnd(widest)}`;
  const lines = bars.map((bar) => {
    const took = bar.endMs === null ? 'not yet' : seconds(bar.endMs - bar.startMs);
    const row = `${seconds(bar.startMs).padStart(8)}${took.padStart(8)}  ${bar.name.padEnd(widest)}`;
    return `${row}  ${drawn(bar, end)}`;
  });
  return `${name}: ${ready}${memoryText(memory)}\n${[head, ...lines].map((line) => `${line.trimEnd()}\n`).join('')}`;
}

function memoryText({ atReadyBytes, nowBytes }: BootTimes['memory']): string {
  const atReady = atReadyBytes === null ? [] : [`${mebibytes(atReadyBytes)} when ready`];
  const now = nowBytes === null ? [] : [`${mebibytes(nowBytes)} now`];
  const all = [...atReady, ...now];
  return all.length === 0 ? '' : `; memory in use: ${all.join(', ')}`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

function drawn({ kind, startMs, startedMs, endMs }: BootBar, end: number): string {
  const column = (ms: number): number => Math.min(Math.floor((ms / end) * chartWidth), chartWidth - 1);
  const [from, to] = [column(startMs), column(endMs ?? end)];
  const began = kind === 'service' ? column(startedMs ?? endMs ?? end) : from;
  const mark = (at: number): string => (kind === 'phase' ? '=' : at < began ? '.' : '#');
  return ' '.repeat(from) + Array.from({ length: to - from + 1 }, (_, at) => mark(from + at)).join('');
}
