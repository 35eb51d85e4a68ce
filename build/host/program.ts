import { setTimeout as sleep } from 'node:timers/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { type NotStarted, notStarted } from '../../lib/errors/not-started.ts';

export interface ProgramOptions {
  /** When aborted, the program is terminated. */
  readonly signal: AbortSignal;
  readonly cwd?: string | undefined;
  /** For standard input, which is empty otherwise; a stream is read no faster than the program reads. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Pass `env` alone, without this process's environment. */
  readonly alone?: boolean | undefined;
  /** Characters of standard output, and of standard error, after which the program is ended. */
  readonly outputLimit?: number | undefined;
}

/** A program that failed or did not start, with its output. */
export class ProgramError extends KitError {
  readonly stdout: string;
  readonly stderr: string;
  /** `exit status 3`, `ended by SIGTERM`, or the reason why it did not start: `it is not there`. */
  readonly ending: string;
  /** Undefined when it did not start or was ended by a signal. */
  readonly status: number | undefined;
  /** Undefined when it started. */
  readonly notStarted: NotStarted | undefined;

  constructor(result: Result, attempt: Attempt) {
    const { stdout, stderr } = outputOf(result);
    const failure =
      result.exitCode === undefined && !result.signal ? notStarted(result.cause, attempt) : undefined;
    const ending = failure?.reason ?? endingOf(result);
    const output = lastLines(stderr);
    super(`Cannot run ${result.escapedCommand}: ${ending}${output ? `\n${output}` : ''}`, {
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
 * Runs a program of the host to its end. (execa is loaded late: most commands start no program.)
 * @throws ProgramError for a program that fails, with the exact command, the exit status or signal, and the
 * last lines of its standard error
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<{ stdout: string; stderr: string }> {
  const { execa } = await import('execa');
  const result = await execa(file, [...args], { ...common(options), ...standardInput(options.input) });
  await checkEnd(result, { file, ...options });
  return outputOf(result);
}

/**
 * Streams the standard output of a program of the host. If the reader stops early, the program is terminated
 * and its failure to write (EPIPE) is ignored.
 * @throws ProgramError at the end of the output, if the program fails
 */
export async function* programOutput(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): AsyncGenerator<Uint8Array> {
  const { execa } = await import('execa');
  const program = execa(file, [...args], {
    ...{ ...common(options), ...standardInput(options.input), buffer: { stdout: false } },
  });
  // Children of the program may outlive it and hold its pipes open: closing our ends makes their writes fail.
  const close = (): void => {
    program.stdout.destroy();
    program.stderr.destroy();
  };
  options.signal.addEventListener('abort', close, { once: true });
  let isComplete = false;
  try {
    yield* program.stdout.iterator({ destroyOnReturn: false });
    isComplete = true;
  } catch (thrown) {
    options.signal.throwIfAborted();
    throw thrown;
  } finally {
    options.signal.removeEventListener('abort', close);
    if (!isComplete) {
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
    // kit searches messages for words, so they must not be localized.
    env: { ...options.env, LC_ALL: 'C.UTF-8' },
    extendEnv: !options.alone,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.outputLimit === undefined ? {} : { maxBuffer: options.outputLimit }),
  } as const;
}

function standardInput(input: ProgramOptions['input']) {
  if (input === undefined) return { stdin: 'ignore' as const };
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: piecesOf(input) };
}

/**
 * As a generator: execa would pass a stream of Node on by its descriptor, and a file has none until it is
 * open.
 */
async function* piecesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* input;
}

/** The fields used of execa's result. */
interface Result {
  readonly escapedCommand: string;
  readonly failed: boolean;
  readonly isMaxBuffer?: boolean;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly cause?: unknown;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
}

type Attempt = Pick<ProgramOptions, 'signal' | 'cwd' | 'env' | 'alone'> & { readonly file: string };

async function checkEnd(result: Result, attempt: Attempt): Promise<void> {
  const { signal, env, alone } = attempt;
  // Ctrl-C goes to the whole process group: it may end the program before our own handler has run.
  if (result.signal) await sleep(100, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
  if (!result.failed) return;
  // The input stream failed: that is the error to report, even if the program then succeeded.
  if (result.exitCode !== undefined && result.cause !== undefined && !result.isMaxBuffer) throw result.cause;
  throw new ProgramError(result, { ...attempt, env: alone ? env : { ...process.env, ...env } });
}

function outputOf({ stdout, stderr }: Result): { stdout: string; stderr: string } {
  return { stdout: String(stdout ?? ''), stderr: String(stderr ?? '') };
}

const endingOf = ({ exitCode, signal, isMaxBuffer }: Result): string =>
  isMaxBuffer
    ? 'ended: it printed too much'
    : exitCode === undefined
      ? `ended by ${signal}`
      : `exit status ${exitCode}`;

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-12).join('\n');
