import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  readonly wallS: number;
  /** Peak resident memory of the largest single process, in bytes (VmHWM). */
  readonly peakBytes: number;
  readonly stdout: string;
}

/** Runs a command `times` times after one warm-up; resolves to the median of each figure. */
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

/** `76.1 MB` */
export const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The run with the median time. */
export function middleRun(runs: readonly Measured[]): Measured {
  const sorted = runs.toSorted((a, b) => a.wallS - b.wallS);
  return sorted[sorted.length >> 1] ?? { wallS: Number.NaN, peakBytes: Number.NaN, stdout: '' };
}

/** Runs a command once. Rejects with its stderr when it fails. */
export function measure(
  file: string,
  args: readonly string[],
  cwd: string,
  env = process.env,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    const peak = watchPeak(() => [child.pid ?? 0]);
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject);
    child.once('close', (status) => {
      const wallS = (performance.now() - started) / 1000;
      const peakBytes = peak();
      if (status === 0) resolve({ wallS, peakBytes, stdout });
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${status}: ${stderr}`));
    });
  });
}

/**
 * Polls the peak memory of these processes and their children; the returned function stops and gives the
 * largest, in bytes.
 */
export function watchPeak(pids: () => readonly number[]): () => number {
  let peakBytes = 0;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, ...pids().flatMap(processTree).map(highWaterMark));
  }, 10);
  return () => {
    clearInterval(timer);
    return peakBytes;
  };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A process and its descendants. */
function processTree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(processTree)];
}

/** Empty for a process that has exited meanwhile. */
export function childrenOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '),
    );
    return children.filter((child) => child !== '').map(Number);
  } catch {
    return [];
  }
}

function highWaterMark(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
