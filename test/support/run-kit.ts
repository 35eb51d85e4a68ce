import { type ExecFileException, execFile } from 'node:child_process';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; never rejects, so that tests can check the status. */
export function run(
  file: string,
  args: readonly string[],
  { cwd = kitRoot, input = '', timeoutMs = 600_000 } = {},
): Promise<Result> {
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string): void => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 255;
      resolve({
        status,
        stdout,
        stderr: error?.killed ? `${stderr}\n(killed after ${timeoutMs} ms)` : stderr,
      });
    };
    const child = execFile(file, [...args], { cwd, maxBuffer: 1 << 28, timeout: timeoutMs }, done);
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

export const kit = (...args: readonly string[]): Promise<Result> => run(join(kitRoot, 'kit'), args);
