import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  readonly wallS: number;
  /** Peak resident memory of the largest single process, in bytes (VmHWM). */
  readonly peakBytes: number;
  readonly stdout: string;
}

/** Runs a command `times` times after one warm-up; the median of each figure. */
export async function median(
  times: number,
  file: string,
  args: readonly string[],
  cwd: string,
): Promise<Measured> {
  await measure(file, args, cwd);
  const runs: Measured[] = [];
  for (let i = 0; i < times; i++) runs.push(await measure(file, args, cwd));
  return {
    wallS: middle(runs.map(({ wallS }) => wallS)),
    peakBytes: middle(runs.map(({ peakBytes }) => peakBytes)),
    stdout: runs[0]?.stdout ?? '',
  };
}

/** Runs a command once. Rejects, with its stderr, when it fails. */
export function measure(file: string, args: readonly string[], cwd: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr, peakBytes] = ['', '', 0];
    const timer = setInterval(() => {
      peakBytes = Math.max(peakBytes, ...tree(child.pid ?? 0).map(highWaterMark));
    }, 10);
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject);
    child.once('close', (status) => {
      clearInterval(timer);
      const wallS = (performance.now() - started) / 1000;
      if (status === 0) resolve({ wallS, peakBytes, stdout });
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${status}: ${stderr}`));
    });
  });
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A process and all that it started. */
function tree(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '),
    );
    return [pid, ...children.filter((child) => child !== '').flatMap((child) => tree(Number(child)))];
  } catch {
    return []; // It ended while we looked.
  }
}

function highWaterMark(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
