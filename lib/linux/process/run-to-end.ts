import { KitError } from '../../errors/errors.ts';
import { spawnProgram } from './spawn.ts';

/** How a program ended, and what it said: at most 1 MiB of each. */
export interface ProgramResult {
  /** The exit status; 128 for a signal, and for the end of its time. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of Debian's to its end: mkfs.ext4, blkid, initdb. `input` is its standard input, which is
 * also the way for keys: arguments can be seen by every process of the machine.
 * @throws KitError if it cannot be started
 */
export type RunProgram = (
  name: string,
  args: readonly string[],
  input?: string | Buffer,
) => Promise<ProgramResult>;

const outputLimit = 1 << 20;

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string | Buffer | undefined;
  /** Milliseconds until it is ended. */
  readonly limitMs?: number;
}

/** @param file a path, or a name that is looked up in PATH @throws KitError if it cannot be started */
export function runToEnd(
  file: string,
  args: readonly string[],
  { env, input = '', limitMs }: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(file, args, { env, stdio: 'pipe', cwd: '/', timeout: limitMs });
    const [stdout, stderr] = [collector(), collector()];
    child.stdout?.on('data', stdout.add);
    child.stderr?.on('data', stderr.add);
    child.once('error', (error) => reject(new KitError(error.message, { cause: error })));
    child.once('close', (status) =>
      resolve({ status: status ?? 128, stdout: stdout.text(), stderr: stderr.text() }),
    );
    // It may end without reading it; its exit status says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

function collector() {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk: Buffer): void {
      size += chunk.length;
      if (size <= outputLimit) chunks.push(chunk);
    },
    text: (): string => Buffer.concat(chunks).toString(),
  };
}

/**
 * Runs a program that has to succeed; returns its standard output.
 * @param what for the error: `make ext4 on "/dev/vdb1"`
 * @param accepted further exit statuses of success
 * @throws KitError with the end of what it printed
 */
export async function succeed(
  run: RunProgram,
  what: string,
  [name = '', ...args]: readonly string[],
  { input, accepted = [0] }: { readonly input?: string | Buffer; readonly accepted?: readonly number[] } = {},
): Promise<string> {
  const { status, stdout, stderr } = await run(name, args, input);
  if (accepted.includes(status)) return stdout;
  const said = lastLine(`${stdout}\n${stderr}`).slice(0, 300);
  throw new KitError(`Cannot ${what}: ${name} ended with status ${status}${said && `: ${said}`}`);
}

/** The last line that says something. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
