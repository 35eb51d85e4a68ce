import { randomUUID } from 'node:crypto';
import type { SourcePosition } from '../../../lib/errors/errors.ts';
import { nodeProgram } from '../../host/paths.ts';
import { ProgramError, runProgram } from '../../host/program.ts';
import type { KeyPath } from '../check.ts';
import type { ConfigAnswer } from './answer.ts';
import { configError } from './config-errors.ts';
import { placeInConfig, placeOfText } from './place.ts';

/** A manifest that a program has made. */
export interface ConfigManifest {
  /** The manifest as JSON, which is YAML. */
  readonly json: string;
  /** The position in the program that a value probably comes from. */
  readonly place: (path: KeyPath) => SourcePosition;
  /** The position of a string of the manifest. */
  readonly placeOfText: (text: string) => SourcePosition;
}

export interface ConfigOptions {
  /** Current folder of the program. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the lines that the program prints. */
  readonly notice?: ((line: string) => void) | undefined;
  readonly timeoutMs?: number;
}

/** Characters that a program may print. */
const outputLimit = 8 << 20;
/** Lines of that which are shown. */
const shownLines = 100;

/**
 * Runs a configuration in a process of its own. @param path of the file, absolute @param source its text
 * @param shown its name in messages
 * @throws KitError when it fails, exports no manifest, or does not end
 */
export async function readConfig(
  path: string,
  source: string,
  shown: string,
  { cwd, signal, notice, timeoutMs = 30_000 }: ConfigOptions,
): Promise<ConfigManifest> {
  const late = AbortSignal.timeout(timeoutMs);
  const file = { path, source, shown };
  const mark = randomUUID();
  const args = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', ...nodeProgram(program), path, mark];
  const options = { cwd, signal: AbortSignal.any([late, ...(signal ? [signal] : [])]), outputLimit };
  const { stdout, stderr } = await runProgram(process.execPath, args, options).catch((thrown: unknown) => {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted) throw configError(file, { kind: 'late', seconds: timeoutMs / 1000 });
    if (!(thrown instanceof ProgramError)) throw thrown;
    // The answer is complete for a file that exits with a status of its own.
    return thrown;
  });
  // It may also have ended by itself, when nobody read on.
  if (Math.max(stdout.length, stderr.length) >= outputLimit)
    throw configError(file, { kind: 'flood', limit: outputLimit });
  const answer = answerIn(stdout, mark);
  if (answer?.kind === 'manifest') {
    for (const line of stderr.split('\n').filter(Boolean).slice(0, shownLines)) notice?.(line);
    return {
      json: answer.json,
      place: (keys) => placeInConfig(source, shown, keys),
      placeOfText: (text) => placeOfText(source, shown, text),
    };
  }
  throw configError(file, answer ?? { kind: 'silent', stderr }, stderr);
}

const program = 'build/manifest/config/config-main.ts';

/** Undefined when the process was killed, as it is when it has no memory left. */
function answerIn(stdout: string, mark: string): ConfigAnswer | undefined {
  const at = stdout.lastIndexOf(`\n${mark}`);
  return at < 0 ? undefined : (JSON.parse(stdout.slice(at + 1 + mark.length)) as ConfigAnswer);
}
