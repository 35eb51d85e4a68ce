import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { cacheDir } from '../../build/host/paths.ts';
import { corpusFolder } from './corpus.ts';
import { bundleTarget } from './engine/bundle.ts';
import type { Progress } from './engine/progress.ts';
import { type Outcome, runEngine } from './engine/run.ts';
import { nodeScript } from './engine/runtime.ts';
import { defaultMaxBytes, inputsOf } from './inputs.ts';
import type { NamedTarget } from './targets.ts';

export interface FuzzOptions {
  readonly minutes: number;
  readonly seed?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Looks for findings, from the inputs of the checkout, those of earlier runs, and generated ones. Inputs that
 * reach more are kept in the cache.
 */
export async function fuzzTarget(named: NamedTarget, options: FuzzOptions): Promise<Outcome> {
  const folder = await prepare(named);
  await writeInputs(named, join(folder, 'generated'), options.seed);
  const flags = [
    `-max_total_time=${Math.ceil(options.minutes * 60)}`,
    `-max_len=${named.target.maxBytes ?? defaultMaxBytes}`,
    ...['-dict=words', '-use_value_profile=1', '-print_final_stats=0'],
    ...(options.seed === undefined ? [] : [`-seed=${options.seed}`]),
  ];
  const inputs = ['corpus', 'known', 'generated'].filter((name) => existsSync(join(folder, name)));
  return runEngine({ ...options, folder, node: await nodeScript(folder), inputs, flags });
}

/** Adds the fewest inputs of the cache to the checkout that reach everything that all of them reach. */
export async function keepInputs(named: NamedTarget, signal: AbortSignal): Promise<Outcome> {
  const folder = await prepare(named);
  await writeInputs(named, join(folder, 'generated'), 1);
  const kept = corpusFolder(named.name);
  mkdirSync(kept, { recursive: true });
  return runEngine({
    ...{ folder, node: await nodeScript(folder), signal },
    // libFuzzer starts itself, and does not quote the paths of its temporary files.
    temporary: '/tmp',
    inputs: [kept, 'corpus'],
    flags: ['-merge=1', '-merge_control_file=merged'],
  });
}

/** The folder of a target in the cache, with its bundle. */
async function prepare(named: NamedTarget): Promise<string> {
  const folder = join(cacheDir(process.env), 'fuzz', named.name);
  mkdirSync(join(folder, 'corpus'), { recursive: true });
  for (const name of ['known', 'merged', 'generated'])
    rmSync(join(folder, name), { recursive: true, force: true });
  if (existsSync(corpusFolder(named.name))) symlinkSync(corpusFolder(named.name), join(folder, 'known'));
  writeFileSync(join(folder, 'words'), (named.target.words ?? []).map(dictionaryLine).join(''));
  await bundleTarget(named, folder);
  return folder;
}

/** The seeds, and two hundred inputs of the generator. */
async function writeInputs({ target }: NamedTarget, folder: string, seed: number | undefined): Promise<void> {
  mkdirSync(folder);
  const sampled = fc.sample(await inputsOf(target), {
    numRuns: 200,
    ...(seed === undefined ? {} : { seed }),
  });
  for (const [at, bytes] of [...(await target.seeds()), ...sampled].entries())
    writeFileSync(join(folder, String(at)), bytes);
}

/** libFuzzer's dictionaries: a string with hexadecimal escapes a line. */
const dictionaryLine = (word: string): string =>
  `"${[...Buffer.from(word)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"\n`;
