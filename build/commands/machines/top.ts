import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { isTerminal } from '../../host/terminal.ts';
import { findMachine, isLive, listMachines, type Machine } from '../../machine/records/find.ts';
import { Sampler } from '../../machine/top/sampler.ts';
import { Screen } from '../../machine/top/screen.ts';
import { machineLine, type SortKey, sortKeys, usageRows } from '../../machine/top/text.ts';
import type { MachineUsage } from '../../machine/top/usage.ts';
import { parse, program } from '../flags/program.ts';
import { millisecondsOf } from '../flags/seconds.ts';

interface Flags {
  readonly sort: string;
  readonly interval: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit top                     every machine that runs, drawn anew every 2 s; q or Ctrl-C leaves
  kit top --sort memory t1    one machine, those that use most memory first
  kit top --once t1           one look; CPU is that of one interval
  kit top --json t1           one object a line: {name, timeMs, uptimeS, cpuPercent, memoryBytes, services: [{name, …}]}

CPU is in percent of one processor, so a machine with two may show 200 %. On a terminal, c, m and n sort by CPU, memory
and name. A machine that boots anew is followed on; elsewhere than on a terminal it ends when all machines have.`;

/** `kit top`: what machines and their services use, live. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('top', context)
    .description('Show live what machines and their services use.')
    .argument('[machines...]', 'names of machines (default: all that run)')
    .option('--sort <key>', 'cpu, memory or name', 'cpu')
    .option('--interval <seconds>', 'between two looks', '2')
    .option('--once', 'print it once, and end')
    .option('--json', 'print JSON, one object a line for each machine and look')
    .addHelpText('after', examples)
    .action((names: string[], flags: Flags) => top(names, flags, context));
  return parse(command, args);
}

async function top(names: readonly string[], flags: Flags, context: Context): Promise<void> {
  const sort = parseSort(flags.sort);
  const intervalMs = millisecondsOf(flags.interval);
  const machines = async (): Promise<Machine[]> =>
    names.length > 0
      ? Promise.all(names.map((name) => findMachine(context.env, name)))
      : (await listMachines(context.env)).filter(isLive);
  // What is wrong with the names is said before the screen is taken.
  if ((await machines()).filter(isLive).length === 0) throw nothingRuns(names);
  using sampler = new Sampler();
  const look = async (): Promise<MachineUsage[]> => sampler.sample(await machines());
  const live = isTerminal(context) && !flags.json && !flags.once;
  if (live) await draw(look, intervalMs, sort, context);
  else await print(look, intervalMs, sort, flags, context);
}

function parseSort(text: string): SortKey {
  const key = sortKeys.find((one) => one === text);
  if (key) return key;
  throw new KitError(`Cannot sort by "${text}": want cpu, memory or name`, { exitCode: 2 });
}

const nothingRuns = (names: readonly string[]): KitError =>
  new KitError(
    names.length > 0
      ? `Cannot show "${names.join('", "')}": ${names.length > 1 ? 'none of them runs' : 'it has ended'}`
      : 'Cannot show machines: none runs',
    { hint: 'kit ps -a lists the machines' },
  );

type Look = () => Promise<MachineUsage[]>;

/** CPU is known from the second look on, so that is the first one printed. */
async function print(
  look: Look,
  intervalMs: number,
  sort: SortKey,
  { once: single, json }: Flags,
  { stdout, signal }: Context,
): Promise<void> {
  let usage = await look();
  while (await goesOn(intervalMs, signal)) {
    usage = await look();
    const text = json ? usage.map((one) => JSON.stringify(one)) : [...pageOf(usage, sort), ''];
    const taken = stdout.write(text.map((line) => `${line}\n`).join(''));
    if (!taken) await once(stdout, 'drain', { signal }).catch(() => {});
    if (single || usage.every(({ reason }) => reason.startsWith('has ended'))) return;
  }
}

async function draw(look: Look, intervalMs: number, wanted: SortKey, context: Context): Promise<void> {
  const quit = new AbortController();
  const signal = AbortSignal.any([context.signal, quit.signal]);
  let sort = wanted;
  let usage: MachineUsage[] = [];
  const page = (): void => screen.draw(pageOf(usage, sort));
  using screen = new Screen(context, (key) => {
    if (key === 'q' || key === '\x03') quit.abort();
    const by = sortKeys.find(([letter]) => letter === key);
    if (by) sort = by;
    if (by) page();
  });
  do {
    // A machine that does not answer keeps nobody from leaving.
    usage = await Promise.race([look(), untilAborted(signal).then(() => usage)]);
    page();
  } while (await goesOn(intervalMs, signal));
}

const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : once(signal, 'abort');

/** Waits; false when it is over. */
async function goesOn(ms: number, signal: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}

function pageOf(usage: readonly MachineUsage[], sort: SortKey): string[] {
  return [...usage.map(machineLine), '', ...table(usageRows(usage, sort)).trimEnd().split('\n')];
}
