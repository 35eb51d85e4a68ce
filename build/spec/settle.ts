import type { Entry, EntryDefaults } from '../manifest/types.ts';

/** An entry with its label's defaults laid under it: the `.add` keys are gone. */
export type Settled = Omit<Entry, 'capabilities.add' | 'binds.add'>;

/** For these an empty text in the manifest is as good as none; every other field overrides as soon as it is there. */
const emptyMeansUnset: ReadonlySet<string> = new Set([
  'cwd',
  'net',
  'ipc',
  'uts',
  'pid',
  'userns',
  'hostname',
]);

/**
 * What holds for an entry: the manifest's value, else the label's. `capabilities.add` and `binds.add` extend the
 * label's lists when the manifest does not replace them; in a label they mean nothing. `runtime` merges key by key.
 */
export function settle(entry: Entry, label: EntryDefaults): Settled {
  const set = Object.entries(entry).filter(([key, value]) => value !== '' || !emptyMeansUnset.has(key));
  const {
    'capabilities.add': addCapabilities,
    'binds.add': addBinds,
    ...rest
  } = {
    ...label,
    ...Object.fromEntries(set),
  } as Entry;
  const runtime = mergeRuntime(entry.runtime, label.runtime);
  return {
    ...rest,
    capabilities: entry.capabilities ?? [...(label.capabilities ?? []), ...(entry['capabilities.add'] ?? [])],
    binds: entry.binds ?? [...(label.binds ?? []), ...(entry['binds.add'] ?? [])],
    ...(runtime && { runtime }),
  };
}

type Runtime = Entry['runtime'];

function mergeRuntime(above: Runtime, below: Runtime): Runtime {
  if (!above || !below) return above ?? below;
  return { ...below, ...above, bindNS: { ...below.bindNS, ...above.bindNS } };
}
