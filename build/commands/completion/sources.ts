import type { Context } from '../../host/context.ts';
import { findMachine, isLive, listMachines, type Machine } from '../../machine/records/find.ts';
import { type Candidate, type Completions, nothing, words } from './candidate.ts';
import { builds } from './files.ts';
import type { Kind, Query } from './query.ts';

export const liveMachines: Kind = ({ context, operands }) => machineNames(context, operands, isLive);

/** Also machines that have ended. */
export const machines: Kind = ({ context, operands }) => machineNames(context, operands, () => true);

async function machineNames(
  { env }: Context,
  operands: readonly string[],
  isWanted: (machine: Machine) => boolean,
): Promise<Completions> {
  const found = (await listMachines(env)).filter(isWanted);
  const left = found.filter(({ record }) => !operands.includes(record.name));
  return { candidates: left.map(({ record: { name, state } }) => ({ value: name, about: state })) };
}

/** The services of the machine that the first operand names. */
export const services: Kind = async ({ context, operands: [machine = ''] }) => ({
  candidates: await servicesOf(machine, context),
});

/** What `kit logs` can show of a machine. */
export const logSources: Kind = async ({ context, operands: [machine = '', ...named] }) => {
  const found = await servicesOf(machine, context, () => true).catch((): Candidate[] => []);
  const all = [...found, ...words(['audit', 'init', 'containerd', 'kernel']).candidates];
  return { candidates: all.filter(({ value }) => !named.includes(value)) };
};

/** The guest may be busy or gone, and the user waits at the prompt. */
const answerMs = 2000;

async function servicesOf(
  name: string,
  { env }: Context,
  isWanted: (section: string) => boolean = (section) => section === 'services',
): Promise<Candidate[]> {
  const machine = await findMachine(env, name);
  if (!isLive(machine)) return [];
  const { MachineClient } = await import('../../machine/client/client.ts');
  using client = new MachineClient(machine.dir);
  const status = await client.status(answerMs);
  return status.services
    .filter(({ section }) => isWanted(section))
    .map(({ name: value, state }) => ({ value, about: state }));
}

/** `kit exec MACHINE SERVICE PROGRAM…`: programs of the machine are not known here. */
export const execWord: Kind = async (query) => {
  if (query.operands.length === 0) return liveMachines(query);
  if (query.operands.length > 1) return nothing;
  const flags = words(['--host', '--debug-image']).candidates;
  if (query.current.startsWith('-')) return { candidates: flags };
  return services(query);
};

/** `PORT:SERVICE:PORT` of `kit forward`. */
export const forwardedPort: Kind = async ({ current, operands: [machine = ''], context }) => {
  const [, start] = /^((?:[^:]+:)?\d+:)[^:\d]*$/.exec(current) ?? [];
  if (start === undefined) return nothing;
  const found = await servicesOf(machine, context);
  return { candidates: found.map(({ value }) => ({ value: `${start}${value}:` })) };
};

/** `PATH`, `MACHINE:PATH` or `MACHINE:SERVICE:PATH` of `kit cp`. */
export const copyPath: Kind = async ({ current, context }) => {
  const [, machine] = /^([^:/]+):[^:/]*$/.exec(current) ?? [];
  if (machine !== undefined) {
    const found = await servicesOf(machine, context);
    return { candidates: [`${machine}:/`, ...found.map(({ value }) => `${machine}:${value}:`)].map(plain) };
  }
  if (current.includes(':')) return nothing;
  const names = (await listMachines(context.env)).filter(isLive).map(({ record }) => `${record.name}:`);
  return { candidates: names.map(plain), shell: 'files' };
};

const plain = (value: string): Candidate => ({ value });

/** `kit run [BACKEND] IMAGE` */
export const backendOrImage: Kind = async (query: Query) => {
  const { candidates } = await builds(query);
  if (query.operands.length > 0) return { candidates };
  const { backends } = await import('../../monitor/backends.ts');
  return { candidates: [...words(Object.keys(backends), 'backend').candidates, ...candidates] };
};

export const formats: Kind = async ({ current }) => {
  const { formatNames } = await import('../../outputs/formats.ts');
  // Several formats may be separated by commas.
  const start = current.slice(0, current.lastIndexOf(',') + 1);
  return words(formatNames.map((name) => `${start}${name}`));
};

export const cachedImages: Kind = async ({ context, operands }) => {
  const { cacheOf } = await import('../flags/cache-of.ts');
  const names = (await cacheOf(context).refs.list()).map(({ name }) => name);
  return words([...new Set(names)].filter((name) => !operands.includes(name)));
};
