import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Result } from 'execa';
import { KitError } from '../../lib/errors/errors.ts';

export interface ProgramOptions {
  /** Ends the program when aborted. */
  readonly signal: AbortSignal;
  readonly cwd?: string | undefined;
  /** Given on standard input, which is empty otherwise; a stream is read no faster than the program reads. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Give it `env` alone, and nothing of our own environment. */
  readonly alone?: boolean | undefined;
}

/** What a failed program left behind, for callers who know what it means. */
export class ProgramError extends KitError {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it did not start, or a signal ended it. */
  readonly status: number | undefined;

  constructor(
    message: string,
    output: { stdout: string; stderr: string },
    status: number | undefined,
    cause: unknown,
  ) {
    super(message, { cause });
    this.status = status;
    this.stdout = output.stdout;
    this.stderr = output.stderr;
  }
}

/**
 * Runs a program of the host to its end. A program that fails is a ProgramError that shows the exact command, how
 * it ended and the last lines of its standard error.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<{ stdout: string; stderr: string }> {
  const result = await execa(file, [...args], {
    cancelSignal: options.signal,
    reject: false,
    stripFinalNewline: false,
    // Messages are read by us: in the user's language we would not know them again.
    env: { ...options.env, LC_ALL: 'C.UTF-8' },
    extendEnv: !options.alone,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...standardInput(options.input),
  });
  // Ctrl-C is for the whole process group: it may have ended the program before we have heard of it ourselves.
  if (result.signal) await sleep(100, undefined, { signal: options.signal }).catch(() => {});
  options.signal.throwIfAborted();
  const output = { stdout: String(result.stdout ?? ''), stderr: String(result.stderr ?? '') };
  if (!result.failed) return output;
  const said = lastLines(output.stderr);
  const message = `Cannot run ${result.escapedCommand}: ${ending(result)}${said ? `\n${said}` : ''}`;
  throw new ProgramError(message, output, result.exitCode, result.cause);
}

function standardInput(input: ProgramOptions['input']) {
  if (input === undefined) return { stdin: 'ignore' as const };
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: input };
}

type Ending = Pick<Result, 'exitCode' | 'signal' | 'originalMessage'>;

function ending(result: Ending): string {
  if (result.exitCode !== undefined) return `exit status ${result.exitCode}`;
  return result.signal ? `ended by ${result.signal}` : (result.originalMessage ?? 'it did not start');
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-12).join('\n');
