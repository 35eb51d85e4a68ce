import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { KitError } from '../../lib/errors/errors.ts';
import { type NotStarted, notStarted } from '../../lib/errors/not-started.ts';

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
  /** `exit status 3`, `ended by SIGTERM`, or why it did not start: `it is not there`. */
  readonly ending: string;
  /** Undefined when it did not start, or a signal ended it. */
  readonly status: number | undefined;
  /** Undefined when it started. */
  readonly notStarted: NotStarted | undefined;

  constructor(result: Result, attempt: Attempt) {
    const { stdout, stderr } = outputOf(result);
    const failure =
      result.exitCode === undefined && !result.signal ? notStarted(result.cause, attempt) : undefined;
    const ending = failure?.reason ?? endingOf(result);
    const said = lastLines(stderr);
    super(`Cannot run ${result.escapedCommand}: ${ending}${said ? `\n${said}` : ''}`, {
      cause: result.cause,
    });
    this.stdout = stdout;
    this.stderr = stderr;
    this.ending = ending;
    this.status = result.exitCode;
    this.notStarted = failure;
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
  const result = await execa(file, [...args], { ...common(options), ...standardInput(options.input) });
  await checkEnd(result, { file, ...options });
  return outputOf(result);
}

/**
 * What a program of the host writes, as it comes. At its end the program has succeeded: one that fails is a
 * ProgramError, thrown where its output ends. Whoever has read enough may stop: the program is ended then,
 * and that its output was closed to it (EPIPE) is no failure.
 */
export async function* programOutput(
  file: string,
  args: readonly string[],
  options: Omit<ProgramOptions, 'input'>,
): AsyncGenerator<Uint8Array> {
  const program = execa(file, [...args], { ...common(options), stdin: 'ignore', buffer: { stdout: false } });
  // Children of its own may write on when it is ended: they hear by the pipes that nobody reads any more.
  const close = (): void => {
    program.stdout.destroy();
    program.stderr.destroy();
  };
  options.signal.addEventListener('abort', close, { once: true });
  let whole = false;
  try {
    yield* program.stdout.iterator({ destroyOnReturn: false });
    whole = true;
  } catch (thrown) {
    options.signal.throwIfAborted();
    throw thrown;
  } finally {
    options.signal.removeEventListener('abort', close);
    if (!whole) {
      program.kill();
      close();
    }
    await program;
  }
  await checkEnd(await program, { file, ...options });
}

function common(options: ProgramOptions) {
  return {
    cancelSignal: options.signal,
    reject: false,
    stripFinalNewline: false,
    // Messages are read by us: in the user's language we would not know them again.
    env: { ...options.env, LC_ALL: 'C.UTF-8' },
    extendEnv: !options.alone,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  } as const;
}

function standardInput(input: ProgramOptions['input']) {
  if (input === undefined) return { stdin: 'ignore' as const };
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: input };
}

/** What is looked at of execa's result. */
interface Result {
  readonly escapedCommand: string;
  readonly failed: boolean;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly cause?: unknown;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
}

type Attempt = Pick<ProgramOptions, 'signal' | 'cwd' | 'env' | 'alone'> & { readonly file: string };

async function checkEnd(result: Result, attempt: Attempt): Promise<void> {
  const { signal, env, alone } = attempt;
  // Ctrl-C is for the whole process group: it may have ended the program before we have heard of it.
  if (result.signal) await sleep(100, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
  if (!result.failed) return;
  // What it was given broke off; how it ended itself, which may be well, comes of that.
  if (result.exitCode !== undefined && result.cause !== undefined) throw result.cause;
  throw new ProgramError(result, { ...attempt, env: alone ? env : { ...process.env, ...env } });
}

function outputOf({ stdout, stderr }: Result): { stdout: string; stderr: string } {
  return { stdout: String(stdout ?? ''), stderr: String(stderr ?? '') };
}

const endingOf = ({ exitCode, signal }: Result): string =>
  exitCode === undefined ? `ended by ${signal}` : `exit status ${exitCode}`;

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-12).join('\n');
