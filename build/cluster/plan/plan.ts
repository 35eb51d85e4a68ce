/** A machine as the cluster's file wants it, or as it is. */
export interface Described {
  readonly name: string;
  /** By the names that messages have for them; equal ones need no replacement. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A machine of the cluster as it is. */
export interface Present extends Described {
  /** It runs. */
  readonly isLive: boolean;
  /** Its services are ready, and it is well. */
  readonly isReady: boolean;
}

/** What to do with machines that run with other settings, or that the file no longer has. */
export type Mode = 'keep' | 'replace' | 'roll';

export type Action =
  | { readonly kind: 'start' | 'replace'; readonly name: string }
  /** It runs as described: only its services are waited for. */
  | { readonly kind: 'wait'; readonly name: string }
  | { readonly kind: 'end'; readonly name: string };

export interface Difference {
  readonly name: string;
  /** Names of settings; none: the file no longer has the machine. */
  readonly settings: readonly string[];
}

export interface ClusterPlan {
  /** One after the other; the actions of a stage at the same time. */
  readonly stages: readonly (readonly Action[])[];
  /** What stays as it is, against the file. */
  readonly differences: readonly Difference[];
}

/**
 * What brings the machines to what the file wants, in the order of the file. Rolling, everything that is
 * missing is there first; then one machine is replaced at a time, those that are not well anyhow before the
 * others.
 */
export function planCluster(
  wanted: readonly Described[],
  present: readonly Present[],
  mode: Mode,
): ClusterPlan {
  const now = new Map(present.filter(({ isLive }) => isLive).map((machine) => [machine.name, machine]));
  const names = new Set(wanted.map(({ name }) => name));
  const starts = wanted.filter(({ name }) => !now.has(name)).map(({ name }) => action('start', name));
  const differing = wanted.flatMap((machine): [Described, Present, string[]][] => {
    const its = now.get(machine.name);
    const settings = its ? differencesOf(machine, its) : [];
    return its && settings.length > 0 ? [[machine, its, settings]] : [];
  });
  const changed = new Set(differing.map(([{ name }]) => name));
  const waits = wanted.filter(({ name }) => now.has(name) && !changed.has(name));
  const kept = waits.map(({ name }) => action('wait', name));
  const surplus = present.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const ends = surplus.toReversed().map((name) => action('end', name));
  if (mode === 'keep') {
    const still = surplus.filter((name) => now.has(name));
    const gone = ends.filter(({ name }) => !now.has(name));
    const differences = [
      ...differing.map(([{ name }, , settings]) => ({ name, settings })),
      ...still.map((name) => ({ name, settings: [] })),
    ];
    return { stages: filled([[...gone, ...starts, ...kept]]), differences };
  }
  const replace = (machines: readonly { readonly name: string }[]): Action[] =>
    machines.map(({ name }) => action('replace', name));
  if (mode === 'replace') {
    const stage = [...starts, ...kept, ...replace(differing.map(([machine]) => machine)), ...ends];
    return { stages: filled([stage]), differences: [] };
  }
  const unwell = differing.filter(([, { isReady }]) => !isReady).map(([machine]) => machine);
  const well = differing.filter(([, { isReady }]) => isReady).map(([machine]) => machine);
  const single = [...replace([...unwell, ...well]), ...ends];
  return { stages: filled([[...starts, ...kept], ...single.map((one) => [one])]), differences: [] };
}

function action<K extends Action['kind']>(
  kind: K,
  name: string,
): { readonly kind: K; readonly name: string } {
  return { kind, name };
}

const filled = (stages: readonly (readonly Action[])[]) => stages.filter((stage) => stage.length > 0);

/** The names of settings that are not the same. */
export function differencesOf({ settings: wanted }: Described, { settings: has }: Described): string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(has)])];
  return names.filter((name) => wanted[name] !== has[name]);
}
