import { parseArgs } from 'node:util';
import { KitError } from '../../lib/errors/errors.ts';
import { type NamedTarget, targets } from './targets.ts';

export interface FuzzArguments {
  readonly targets: readonly NamedTarget[];
  readonly list: boolean;
  /** Of each target. */
  readonly minutes: number;
  /** Targets at a time. */
  readonly jobs: number;
  /** Makes a run the same as another with this number; undefined: another run. */
  readonly seed: number | undefined;
  /** Put inputs of the cache into the checkout instead of looking for new ones. */
  readonly keep: boolean;
  /** Run the target on this file once. */
  readonly replay: string | undefined;
}

export const usage = `usage: npm run fuzz -- --list
       npm run fuzz -- --all | NAME... [--minutes N] [--jobs N] [--seed N]
       npm run fuzz -- --all | NAME... --keep
       npm run fuzz -- NAME --replay FILE
`;

/** @throws KitError for a use that is none of the above */
export function readFuzzArguments(args: readonly string[]): FuzzArguments {
  const { values, positionals } = parsed(args);
  const { list = false, all = false, keep = false, replay } = values;
  if (!list && !all && positionals.length === 0) throw wrong('name targets, or give --all');
  if (all && positionals.length > 0) throw wrong('--all leaves nothing to name');
  if (replay !== undefined && positionals.length !== 1) throw wrong('--replay is for one target');
  return {
    targets: all ? targets : positionals.map(targetOf),
    ...{ list, keep, replay },
    minutes: number(values.minutes, 'minutes') ?? 1,
    jobs: number(values.jobs, 'jobs') ?? 1,
    seed: number(values.seed, 'seed'),
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { list: flag, all: flag, keep: flag, replay: text, minutes: text, jobs: text, seed: text },
    });
  } catch (thrown) {
    throw wrong(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function targetOf(name: string): NamedTarget {
  const found = targets.find((one) => one.name === name);
  if (!found) throw wrong(`there is no target "${name}"`);
  return found;
}

function number(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < 1e6) || (what !== 'minutes' && !Number.isInteger(value)))
    throw wrong(`--${what} is "${text}", expected a number above 0`);
  return value;
}

const wrong = (why: string): KitError =>
  new KitError(`Cannot fuzz: ${why}`, { hint: 'npm run fuzz -- --list prints the targets', exitCode: 2 });
