import { execFile } from 'node:child_process';
import { toolCommand } from '../../../build/tools/command.ts';
import type { Tools } from '../../../build/tools/tree.ts';

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Also its home folder. */
  readonly cwd: string;
  readonly input?: Buffer | string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program of a tree to its end. A client that hangs is killed after a minute: its status is null. */
export function runClient(
  tools: Tools,
  name: string,
  args: readonly string[],
  { cwd, input = '', env = {} }: RunOptions,
): Promise<Result> {
  const command = toolCommand(tools, name, args);
  const options = { cwd, env: { ...command.env, HOME: cwd, ...env }, maxBuffer: 1 << 28, timeout: 60_000 };
  return new Promise((resolve) => {
    const child = execFile(
      command.file,
      command.args,
      { ...options, encoding: 'buffer' },
      (_error, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout: stdout.toString(), stderr: stderr.toString() }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Runs a Python program of one text, with the tree's own modules. */
export function runPython(
  tools: Tools,
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Result> {
  const env = { ...options.env, PYTHONHOME: `${tools.dir}/usr`, PYTHONDONTWRITEBYTECODE: '1' };
  return runClient(tools, 'python3', ['-c', program, ...args], { ...options, env });
}
