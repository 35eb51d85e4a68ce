import { defaultOpenFiles } from '../demands/open-files.ts';
import type { MachineVolume } from '../disks/volumes.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { parseRlimit, unlimited } from '../oci/rlimits.ts';
import { idCount } from './id-ranges.ts';

export interface SharingContext {
  readonly volumes: ReadonlyMap<string, MachineVolume>;
}

/**
 * Why an entry has to share the machine's user namespace: what it asks for that does not work in one of its
 * own, as the end of a sentence. Undefined: nothing.
 */
export function whyShared(entry: EffectiveEntry, { volumes }: SharingContext): string | undefined {
  return (
    ofCapabilities(entry) ?? ofNamespaces(entry) ?? ofFiles(entry, volumes) ?? ofLimits(entry) ?? ofIds(entry)
  );
}

/** Their holder uses them on its own files, processes and namespaces. */
const insideCapabilities: ReadonlySet<string> = new Set([
  ...['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL'],
  ...['CAP_SETFCAP', 'CAP_SETGID', 'CAP_SETPCAP', 'CAP_SETUID', 'CAP_SYS_CHROOT', 'CAP_SYS_PTRACE'],
]);

/** The same in a network of its own. */
const networkCapabilities: ReadonlySet<string> = new Set([
  ...['CAP_NET_ADMIN', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_RAW'],
]);

function ofCapabilities({ capabilities, ambient, net }: EffectiveEntry): string | undefined {
  const ownNetwork = net === 'new' || net === 'none';
  const outside = [...capabilities, ...ambient].find((name) => {
    if (name.toLowerCase() === 'none' || insideCapabilities.has(name)) return false;
    return !(ownNetwork && networkCapabilities.has(name));
  });
  return outside && `capabilities: ${outside}`;
}

function ofNamespaces(entry: EffectiveEntry): string | undefined {
  const { pid, runtime } = entry;
  if (pid === 'host' || pid === 'root') return `pid: ${pid}`;
  const joined = (['net', 'ipc', 'uts', 'pid'] as const).find((field) => entry[field].startsWith('/'));
  if (joined) return `${joined}: ${entry[joined]}`;
  const bound = Object.entries(runtime.bindNS).find(([, path]) => path !== '');
  return bound && `runtime.bindNS.${bound[0]}`;
}

/** File systems that can be mounted in a user namespace. */
const insideTypes: ReadonlySet<string> = new Set([
  ...['bind', 'tmpfs', 'proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2'],
]);

function ofFiles(entry: EffectiveEntry, volumes: SharingContext['volumes']): string | undefined {
  const { devices, mounts, binds, sysctl, rootfsPropagation, runtime } = entry;
  if (devices.length > 0) return 'devices';
  if (Object.keys(sysctl).length > 0) return 'sysctl';
  if (/shared$/.test(rootfsPropagation)) return `rootfsPropagation: ${rootfsPropagation}`;
  const foreign = mounts.find(({ type, source = '' }) => !insideTypes.has(type || source));
  if (foreign?.type) return `mounts: ${foreign.type}`;
  const sources = [...binds.map((text) => text.split(':')[0] ?? ''), ...bindSources(mounts)];
  // The whole machine, or its devices: on file systems that cannot show other owners.
  const whole = sources.find((source) => /^(?:\/|\/dev(?:\/.*)?)$/.test(source));
  if (whole) return `binds: ${whole}`;
  const filled = sources.find((name) => volumes.get(name)?.image && !volumes.get(name)?.readonly);
  if (filled) return `volume ${filled}, which starts with files and is written`;
  const inside = [...runtime.mounts.map(({ destination = '' }) => destination), ...runtime.mkdir];
  return inside.some((path) => !path.startsWith('/')) ? 'runtime, below its root' : undefined;
}

const bindSources = (mounts: EffectiveEntry['mounts']): string[] =>
  mounts.flatMap(({ type, source }) => (type === 'bind' && source ? [source] : []));

/** Limits whose usual value is below what an entry may ask for, and which only the machine's root raises. */
const raised: ReadonlySet<string> = new Set(['MEMLOCK', 'MSGQUEUE', 'NICE', 'RTPRIO', 'SIGPENDING']);

function ofLimits({ rlimits, oomScoreAdj = 0 }: EffectiveEntry): string | undefined {
  if (oomScoreAdj < 0) return `oomScoreAdj: ${oomScoreAdj}`;
  const limit = rlimits.find((text) => {
    const { name, hard } = parseRlimit(text);
    return raised.has(name) || (name === 'NOFILE' && hard !== unlimited && hard > defaultOpenFiles);
  });
  return limit && `rlimits: ${limit}`;
}

function ofIds({ uid, gid, additionalGids }: EffectiveEntry): string | undefined {
  const ids = { uid: [uid], gid: [gid], additionalGids };
  const [field] = Object.entries(ids).find(([, values]) => values.some((id) => Number(id) >= idCount)) ?? [];
  return field && `${field} of ${idCount} or more`;
}
