import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kitRoot } from '../../../build/host/paths.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { noProgress, type Progress, progressIn } from './progress.ts';

/** A run of Jazzer.js on the bundle in a folder. */
export interface EngineRun {
  /** Has `target.mjs`, and gets `findings`. Names of folders are relative to it. */
  readonly folder: string;
  /** The script of runtime.ts. */
  readonly node: string;
  /** Folders with inputs. New ones come into the first. */
  readonly inputs: readonly string[];
  /** Flags of libFuzzer: `-max_total_time=60`. */
  readonly flags: readonly string[];
  /** For temporary files; `tmp` by default, which is emptied. */
  readonly temporary?: string;
  /** For one input; one that takes longer is a finding. */
  readonly timeoutMs?: number;
  /** Ends the run, if it does not end itself. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Outcome {
  readonly progress: Progress;
  /** The file with the input that is a finding, and what the engine says about it. */
  readonly finding?: { readonly file: string; readonly report: string };
}

/**
 * MiB of the whole process, which has about 400 at the start. An input of a few kB that takes it is a
 * finding.
 */
const memoryLimit = 2048;

/** @throws KitError when the engine fails without a finding */
export async function runEngine(run: EngineRun): Promise<Outcome> {
  const { folder, node, inputs, flags, signal, onProgress, timeoutMs = 20_000, temporary = 'tmp' } = run;
  rmSync(join(folder, 'tmp'), { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'));
  const findings = join(folder, 'findings');
  mkdirSync(findings, { recursive: true });
  const before = new Set(readdirSync(findings));
  const args = [
    ...[join(kitRoot, 'test/fuzz/engine/jazzer.ts'), 'target.mjs', ...inputs],
    ...[
      '--includes=target.mjs',
      // Targets say themselves what must not be opened.
      '--disableBugDetectors=path-traversal',
      `--timeout=${timeoutMs}`,
      '--',
    ],
    ...[...flags, `-rss_limit_mb=${memoryLimit}`, '-artifact_prefix=findings/'],
  ];
  const env = { ...process.env, FUZZ_NODE: node, TMPDIR: temporary };
  const child = spawnProgram(node, args, { cwd: folder, env, signal, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, killedBy) => resolve(endedHow(status, killedBy)));
  });
  // It may fail while the lines are still read.
  ended.catch(() => {});
  let progress = noProgress;
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    const found = progressIn(line);
    if (found) {
      progress = found;
      onProgress?.(found);
    } else if (lines.push(line) > reportLines) lines.shift();
  }
  const ending = await ended;
  const file = readdirSync(findings).find((name) => !before.has(name));
  const report = lines.join('\n');
  if (file !== undefined) return { progress, finding: { file: join(findings, file), report } };
  if (ending === 'with status 0') return { progress };
  throw new KitError(`Cannot fuzz in "${folder}": the engine ended ${ending}\n${report}`);
}

const reportLines = 60;
