/**
 * `npm run fuzz`: looks for inputs that make parsers of outside bytes fail, hang or grow (target.ts says what
 * counts), guided by coverage. The exit status is 1 if there is a finding.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { forEachConcurrent } from '../../build/host/concurrency.ts';
import { progressOn } from '../../build/host/progress.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { visibleText } from '../../lib/errors/visible.ts';
import { type FuzzArguments, readFuzzArguments, usage } from './arguments.ts';
import { progressText } from './engine/progress.ts';
import { type FuzzOptions, fuzzTarget, keepInputs } from './fuzz-target.ts';
import { type NamedTarget, targets } from './targets.ts';

const { stdout, stderr, env } = process;
const progress = progressOn({ stderr, env });
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort());
const { signal } = stop;

try {
  process.exitCode = await run(readFuzzArguments(process.argv.slice(2)));
} catch (thrown) {
  if (!signal.aborted) stderr.write(`${renderError(thrown)}\n`);
  if (thrown instanceof KitError && thrown.exitCode === 2) stderr.write(usage);
  process.exitCode = signal.aborted ? 130 : 2;
}

async function run(args: FuzzArguments): Promise<number> {
  if (args.list) return list();
  if (args.replay !== undefined) return replay(args.targets, args.replay);
  let [findings, failures] = [0, 0];
  await forEachConcurrent(args.targets, args.jobs, async (named) => {
    signal.throwIfAborted();
    try {
      if (args.keep) await keep(named);
      else if (await finds(named, { ...args, signal })) findings += 1;
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof KitError)) throw thrown;
      // The other targets are fuzzed all the same.
      stderr.write(`${renderError(thrown)}\n`);
      failures += 1;
    }
  });
  if (!args.keep) stdout.write(`targets: ${args.targets.length}, findings: ${findings}\n`);
  if (failures > 0) stdout.write(`targets that could not be fuzzed: ${failures}\n`);
  return findings > 0 ? 1 : failures > 0 ? 2 : 0;
}

function list(): number {
  for (const { name, target } of targets) stdout.write(`${name}: ${target.reads.join(', ')}\n`);
  return 0;
}

/** As a test would do: the stack has the lines of the sources. */
async function replay(named: readonly NamedTarget[], file: string): Promise<number> {
  const bytes = readFileSync(resolve(env.INIT_CWD ?? '', file));
  for (const { target } of named) await target.run(bytes);
  stdout.write('no finding\n');
  return 0;
}

async function finds(named: NamedTarget, options: FuzzOptions): Promise<boolean> {
  const { name } = named;
  const outcome = await progress.task(`Fuzz ${name}`, (note) =>
    fuzzTarget(named, { ...options, onProgress: (reached) => note(progressText(reached)) }),
  );
  stdout.write(`${name}: ${progressText(outcome.progress)}\n`);
  if (!outcome.finding) return false;
  const { file, report } = outcome.finding;
  stdout.write(`${visibleText(report)}\n${name}: FINDING in ${file}\n`);
  stdout.write(`  again: npm run fuzz -- ${name} --replay '${file}'\n`);
  return true;
}

async function keep(named: NamedTarget): Promise<void> {
  await progress.task(`Merge the inputs of ${named.name}`, () => keepInputs(named, signal));
}
