import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { budgetOf, mebibytes, type WrittenBudget, writtenBudget } from '../../image/plan/budgets.ts';
import type { Manifest } from '../../manifest/types.ts';
import { milliseconds } from '../../spec/milliseconds.ts';
import type { BootTimes } from './boot-times.ts';

/**
 * Compares a boot with the budgets of the manifest that only a machine shows: `boot`, `memoryAtReady` and
 * `memoryInUse`.
 * @param before an earlier boot: the hint then names what has grown instead of what is largest
 * @throws KitErrors for those that it exceeds
 */
export function checkBootBudgets(
  { budgets }: Pick<Manifest, 'budgets'>,
  times: BootTimes,
  before: BootTimes | undefined,
): void {
  const { atReadyBytes, nowBytes } = times.memory;
  const errors = [
    bootError(writtenBudget(budgets, 'boot'), times, before),
    memoryError(
      budgetOf(budgets, 'memoryAtReady'),
      atReadyBytes,
      'when its services were ready',
      times,
      before,
    ),
    memoryError(budgetOf(budgets, 'memoryInUse'), nowBytes, 'now', times, before),
  ].filter((one) => one !== undefined);
  if (errors.length > 0) throw new KitErrors(errors);
}

function bootError(
  budget: WrittenBudget | undefined,
  times: BootTimes,
  before: BootTimes | undefined,
): KitError | undefined {
  if (!budget) return undefined;
  const { text, place, key } = budget;
  if (times.readyMs === null)
    return new KitError('the boot is not over: its time cannot be checked', { place: place([key]) });
  if (times.readyMs <= milliseconds(text)) return undefined;
  const took = `the boot took ${seconds(times.readyMs)}, more than its budget of ${text}`;
  const words = { most: 'these took longest', more: 'since the earlier boot these take longer' };
  const hint = culprits(durations(times), before && durations(before), words, seconds);
  return new KitError(took, { place: place([key]), hint });
}

function memoryError(
  budget: (WrittenBudget & { readonly bytes: number }) | undefined,
  used: number | null,
  when: string,
  times: BootTimes,
  before: BootTimes | undefined,
): KitError | undefined {
  if (!budget || (used !== null && used <= budget.bytes)) return undefined;
  const place = budget.place([budget.key]);
  if (used === null) return new KitError(`the machine does not say what memory it used ${when}`, { place });
  const message = `the machine had ${mebibytes(used)} of memory in use ${when}, more than its budget of ${budget.text}`;
  const words = { most: 'these use most', more: 'since the earlier boot these use more' };
  const hint = culprits(memoryOf(times), before && memoryOf(before), words, mebibytes);
  return new KitError(message, { place, hint });
}

/** Milliseconds, or bytes. */
interface Amount {
  readonly name: string;
  readonly amount: number;
}

/** What each bar that has ended took. The bar `ready` is the sum of those of services. */
const durations = ({ bars }: BootTimes): Amount[] =>
  bars.flatMap(({ kind, name, startMs, endMs }) =>
    endMs === null || (kind === 'phase' && name === 'ready')
      ? []
      : [{ name: `${kind} ${name}`, amount: endMs - startMs }],
  );

const memoryOf = ({ memory }: BootTimes): Amount[] =>
  memory.services.map(({ name, bytes }) => ({ name: `service ${name}`, amount: bytes }));

/** How many rows a hint has. */
const shown = 5;

/** What has grown since the earlier boot; without one, or if nothing has, what is largest. */
function culprits(
  now: readonly Amount[],
  before: readonly Amount[] | undefined,
  { most, more }: { readonly most: string; readonly more: string },
  text: (amount: number) => string,
): string {
  const old = new Map(before?.map(({ name, amount }) => [name, amount]));
  const grown = before
    ? now.map(({ name, amount }) => ({ name, amount: amount - (old.get(name) ?? 0) })).filter(isGrowth)
    : [];
  const list = (amounts: readonly Amount[], sign: string): string =>
    amounts
      .toSorted((a, b) => b.amount - a.amount)
      .slice(0, shown)
      .map(({ name, amount }) => `\n  ${`${sign}${text(amount)}`.padStart(11)}  ${name}`)
      .join('');
  return grown.length > 0 ? `${more}${list(grown, '+')}` : `${most}${list(now, '')}`;
}

const isGrowth = ({ amount }: Amount): boolean => amount > 0;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
