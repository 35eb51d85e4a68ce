import type { EntryDefaults } from '../../manifest/types.ts';
import type { EffectiveEntry, FieldOrigin, FieldOrigins } from '../effective-entry.ts';
import { maskedPaths, notMounted, readonlyExceptNetwork, readonlyPaths } from './paths.ts';
import { powersOf } from './powers.ts';

/** Tasks, threads included. */
const pidsLimit = 512;
/** Soft, as select(2) needs it; hard, up to which programs may raise it. */
const openFiles = 'nofile,1024,65536';

/**
 * What kit puts around a container unless its entry says otherwise. Pure.
 *
 * Some of it would only be in the way of an entry that asks for more: all capabilities lift the filter of
 * system calls and no_new_privs; CAP_SYS_ADMIN lifts what its owner could unmount, and leaves it in the
 * machine's IPC and UTS namespaces; CAP_NET_ADMIN leaves /proc/sys/net writable.
 * @param entry its effective values without these defaults
 */
export function containmentDefaults(entry: EffectiveEntry): EntryDefaults {
  const { all, administrator, networks } = powersOf(entry);
  const own = destinationsOf(entry);
  return {
    seccomp: all ? 'unconfined' : 'default',
    ...(!all && { noNewPrivileges: true }),
    ...(!administrator && {
      ipc: 'new',
      uts: 'new',
      maskedPaths: notMounted(maskedPaths, own),
      readonlyPaths: notMounted(networks ? readonlyExceptNetwork : readonlyPaths, own),
    }),
  };
}

function destinationsOf({ binds, mounts, tmpfs }: EffectiveEntry): ReadonlySet<string> {
  const parts = [...binds.map((bind) => bind.split(':')[1]), ...tmpfs.map((text) => text.split(':')[0])];
  return new Set([...parts, ...mounts.map(({ destination }) => destination)].flatMap((path) => path ?? []));
}

/** With the limits that an entry does not set itself; one with all capabilities has none. */
export function withLimits(
  entry: EffectiveEntry,
  origins: FieldOrigins,
): { readonly entry: EffectiveEntry; readonly origins: FieldOrigins } {
  if (powersOf(entry).all) return { entry, origins };
  const added = new Map<string, unknown>();
  const { resources, rlimits } = entry;
  if (resources.pids?.limit === undefined) {
    added.set('resources', { ...resources, pids: { ...resources.pids, limit: pidsLimit } });
  }
  if (!rlimits.some((limit) => /^(?:rlimit_)?nofile,/i.test(limit))) {
    added.set('rlimits', [...rlimits, openFiles]);
  }
  return {
    entry: { ...entry, ...Object.fromEntries(added) },
    origins: new Map(
      [...origins].map(([field, from]) => [field, added.has(field) ? withKit(field, from) : from]),
    ),
  };
}

/** Where nothing was set, LinuxKit's default of nothing is no origin. */
const withKit = (field: string, from: readonly FieldOrigin[]): readonly FieldOrigin[] => [
  ...from.filter(({ source }) => source !== 'LinuxKit'),
  { source: 'kit', path: [field] },
];
