import type { KeyPath } from '../../manifest/check.ts';
import type { MachineVolume } from '../disks/volumes.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { everyItem, everyPart, FieldError } from '../field-error.ts';
import { keptFromMachine } from './hidden-paths.ts';
import type { SpecMount } from './oci-runtime.ts';

/**
 * The mounts of a container, sorted by destination: LinuxKit's defaults, overridden per destination by
 * `tmpfs`, then `binds`, then `mounts`.
 */
export function containerMounts(
  entry: EffectiveEntry,
  volumes: ReadonlyMap<string, MachineVolume>,
): SpecMount[] {
  const { binds, mounts } = everyPart({
    binds: () => everyItem(entry.binds, (bind, at) => bindMount(bind, ['binds', at], entry, volumes)),
    mounts: () => everyItem(entry.mounts, (mount, at) => fullMount(mount, ['mounts', at], entry, volumes)),
  });
  const given = [...defaultMounts(entry.readonly), ...entry.tmpfs.map(tmpfsMount), ...binds, ...mounts];
  const byDestination = new Map(given.map((mount) => [mount.destination, mount]));
  return sortedMounts([...byDestination.values()]);
}

/** By destination, so that a mount point is mounted before those below it. */
export const sortedMounts = (mounts: readonly SpecMount[]): SpecMount[] =>
  mounts.toSorted((a, b) => compareBytes(a.destination, b.destination));

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The mounts of a container whose entry does not replace them. */
export function defaultMounts(readonly: boolean): SpecMount[] {
  const ro = readonly ? ['ro'] : [];
  const mount = (destination: string, type: string, ...options: string[]): SpecMount => {
    return { destination, type, source: type, options };
  };
  return [
    mount('/proc', 'proc', 'nosuid', 'nodev', 'noexec', 'relatime'),
    mount('/dev', 'tmpfs', 'nosuid', 'strictatime', 'mode=755', 'size=65536k', ...ro),
    mount('/dev/pts', 'devpts', 'nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
    mount('/sys', 'sysfs', 'nosuid', 'noexec', 'nodev', ...ro),
    mount('/sys/fs/cgroup', 'cgroup', 'nosuid', 'noexec', 'nodev', 'relatime', 'ro'),
  ];
}

/** `/destination[:option,option]` */
function tmpfsMount(text: string): SpecMount {
  const [destination = '', options] = text.split(':');
  return { destination, type: 'tmpfs', source: 'tmpfs', ...(options && { options: options.split(',') }) };
}

/** `source:destination[:option,option]`; the default options are `rw,rbind,rshared`. */
function bindMount(
  text: string,
  path: KeyPath,
  entry: EffectiveEntry,
  volumes: ReadonlyMap<string, MachineVolume>,
): SpecMount {
  const [source = '', destination = '', given] = text.split(':');
  const words =
    given === undefined
      ? { options: ['rw', 'rbind'], otherwise: ['rshared'] }
      : { options: withRbind(given.split(',')) };
  const options = keptFromMachine(words, destination, entry, path);
  const from = bindSource(source, given?.split(',') ?? [], path, volumes);
  return { destination, type: 'bind', source: from, options };
}

const withRbind = (options: string[]): string[] => [
  ...options.filter((option) => option !== 'rbind'),
  'rbind',
];

/** A source that does not start with `/` is the name of a volume. */
function bindSource(
  source: string,
  options: string[],
  path: KeyPath,
  volumes: ReadonlyMap<string, MachineVolume>,
): string {
  if (source.startsWith('/')) return source;
  const volume = volumes.get(source);
  if (!volume) {
    throw new FieldError(
      path,
      `there is no volume "${source}"`,
      'the source of a bind is an absolute path, or the name of an item of `volumes:`',
    );
  }
  if (volume.readonly && options.join() !== 'ro') {
    throw new FieldError(path, `volume "${source}" is readonly: the bind needs the single option "ro"`);
  }
  return volume.path;
}

/** File system types with a usual mount point. */
const mountPoints: Readonly<Record<string, string>> = {
  proc: '/proc',
  devpts: '/dev/pts',
  sysfs: '/sys',
  cgroup: '/sys/fs/cgroup',
  mqueue: '/dev/mqueue',
};

type ManifestMount = EffectiveEntry['mounts'][number];

function fullMount(
  mount: ManifestMount,
  path: KeyPath,
  entry: EffectiveEntry,
  volumes: ReadonlyMap<string, MachineVolume>,
): SpecMount {
  const type = mount.type || inferType(mount);
  if (!type) throw new FieldError(path, 'a mount needs a "type"');
  const destination = mount.destination || mountPoints[type];
  if (!destination) throw new FieldError(path, `a mount of type "${type}" needs a "destination"`);
  const wanted = [...(mount.options ?? [])];
  const given = mount.source || type;
  const source = type === 'bind' ? bindSource(given, wanted, path, volumes) : given;
  const options = type === 'bind' ? keptFromMachine({ options: wanted }, destination, entry, path) : wanted;
  return { destination, type, source, ...(options.length > 0 && { options }) };
}

function inferType({ source = '', destination }: ManifestMount): string | undefined {
  if (Object.hasOwn(mountPoints, source)) return source;
  return destination === '/dev' ? 'tmpfs' : undefined;
}
