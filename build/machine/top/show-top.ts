import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { jsonLine, visibleText } from '../../../lib/errors/visible.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { findMachine, isLive, listMachines, type Machine } from '../records/find.ts';
import { Sampler } from './sampler.ts';
import { Screen } from './screen.ts';
import { machineLine, type SortKey, sortKeys, usageRows } from './text.ts';
import type { MachineUsage } from './usage.ts';

export interface TopOptions {
  readonly sort: SortKey;
  readonly intervalMs: number;
  /** screen: redrawn on a terminal, with keys; text and json: one sample after the other. */
  readonly output: 'screen' | 'text' | 'json';
  /** Prints a single sample. */
  readonly once: boolean;
}

/**
 * Shows the usage of machines until they all have ended, the user quits or the signal is aborted.
 * @param names empty: all running machines @throws KitError if none of the machines runs
 */
export async function showTop(
  names: readonly string[],
  options: TopOptions,
  context: Context,
): Promise<void> {
  const machines = (): Promise<Machine[]> => selectMachines(names, context);
  // Checked before the terminal is switched to the alternate screen.
  if ((await machines()).filter(isLive).length === 0) throw noneRuns(names);
  using sampler = new Sampler();
  const sample = async (): Promise<MachineUsage[]> => sampler.sample(await machines());
  if (options.output === 'screen') await draw(sample, options, context);
  else await print(sample, options, context);
}

async function selectMachines(names: readonly string[], { env }: Context): Promise<Machine[]> {
  if (names.length > 0) return Promise.all(names.map((name) => findMachine(env, name)));
  return (await listMachines(env)).filter(isLive);
}

const noneRuns = (names: readonly string[]): KitError =>
  new KitError(
    names.length > 0
      ? `Cannot show "${names.join('", "')}": ${names.length > 1 ? 'none of them is running' : 'it has ended'}`
      : 'Cannot show machines: none is running',
    { hint: 'kit ps -a lists the machines' },
  );

type Sample = () => Promise<MachineUsage[]>;

async function print(
  sample: Sample,
  { sort, intervalMs, output, once: single }: TopOptions,
  { stdout, signal }: Context,
): Promise<void> {
  // Not printed: CPU usage is known from the second sample on.
  let usage = await sample();
  while (await wait(intervalMs, signal)) {
    usage = await sample();
    const text = output === 'json' ? usage.map((one) => jsonLine(one)).join('') : pageText(usage, sort);
    const flushed = stdout.write(text);
    if (!flushed) await once(stdout, 'drain', { signal }).catch(() => {});
    if (single || usage.every(({ reason }) => reason.startsWith('has ended'))) return;
  }
}

async function draw(sample: Sample, options: TopOptions, context: Context): Promise<void> {
  const quit = new AbortController();
  const signal = AbortSignal.any([context.signal, quit.signal]);
  let { sort } = options;
  let usage: MachineUsage[] = [];
  const redraw = (): void => screen.draw(page(usage, sort));
  using screen = new Screen(context, (key) => {
    if (key === 'q' || key === '\x03') quit.abort();
    const chosen = sortKeys.find(([letter]) => letter === key);
    if (chosen) sort = chosen;
    if (chosen) redraw();
  });
  do {
    // Does not wait for a machine that does not respond once the user quits.
    usage = await Promise.race([sample(), untilAborted(signal).then(() => usage)]);
    redraw();
  } while (await wait(options.intervalMs, signal));
}

const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : once(signal, 'abort');

/** Waits; false if the signal is aborted. */
async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  await pause(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}

const pageText = (usage: readonly MachineUsage[], sort: SortKey): string =>
  visibleText([...page(usage, sort), '', ''].join('\n'));

function page(usage: readonly MachineUsage[], sort: SortKey): string[] {
  return [...usage.map(machineLine), '', ...table(usageRows(usage, sort)).trimEnd().split('\n')];
}
