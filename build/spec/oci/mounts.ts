import type { Volume } from '../../manifest/types.ts';
import { everyItem, everyPart, FieldError } from '../field-error.ts';
import type { Settled } from '../settle.ts';
import type { SpecMount } from './oci-runtime.ts';

/**
 * The mounts of a container: LinuxKit's defaults, then `tmpfs`, `binds` and `mounts` over them by destination,
 * sorted by destination.
 */
export function containerMounts(entry: Settled, volumes: ReadonlyMap<string, Volume>): SpecMount[] {
  const { binds, mounts } = everyPart({
    binds: () => everyItem(entry.binds, (bind, at) => bindMount(bind, ['binds', at], volumes)),
    mounts: () => everyItem(entry.mounts, (mount, at) => fullMount(mount, ['mounts', at], volumes)),
  });
  const given = [...defaultMounts(entry.readonly), ...entry.tmpfs.map(tmpfsMount), ...binds, ...mounts];
  const byDestination = new Map(given.map((mount) => [mount.destination, mount]));
  return sortedMounts([...byDestination.values()]);
}

/** By destination, so that what lies below something is mounted after it. */
export const sortedMounts = (mounts: readonly SpecMount[]): SpecMount[] =>
  mounts.toSorted((a, b) => compareBytes(a.destination, b.destination));

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What every container has unless its entry says otherwise. */
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

type Path = readonly (string | number)[];

/** `source:destination[:option,option]`; without options a bind can be written to and passes mounts both ways. */
function bindMount(text: string, path: Path, volumes: ReadonlyMap<string, Volume>): SpecMount {
  const [source = '', destination = '', given] = text.split(':');
  const options = given === undefined ? ['rw', 'rbind', 'rshared'] : withRbind(given.split(','));
  const from = bindSource(source, given?.split(',') ?? [], path, volumes);
  return { destination, type: 'bind', source: from, options };
}

const withRbind = (options: string[]): string[] => [
  ...options.filter((option) => option !== 'rbind'),
  'rbind',
];

/** A source that does not begin with `/` is the name of a volume. */
function bindSource(
  source: string,
  options: string[],
  path: Path,
  volumes: ReadonlyMap<string, Volume>,
): string {
  if (source.startsWith('/')) return source;
  const volume = volumes.get(source);
  if (!volume) {
    throw new FieldError(
      path,
      `no volume is called "${source}"`,
      'the source of a bind is a path from /, or a volume of `volumes:`',
    );
  }
  if (volume.readonly && options.join() !== 'ro') {
    throw new FieldError(path, `volume "${source}" is readonly: the bind needs the option "ro" and no other`);
  }
  return `/containers/volumes/${source}/merged`;
}

/** Types that say where they belong. */
const places: Readonly<Record<string, string>> = {
  proc: '/proc',
  devpts: '/dev/pts',
  sysfs: '/sys',
  cgroup: '/sys/fs/cgroup',
  mqueue: '/dev/mqueue',
};

type GivenMount = Settled['mounts'][number];

function fullMount(mount: GivenMount, path: Path, volumes: ReadonlyMap<string, Volume>): SpecMount {
  const type = mount.type || inferType(mount);
  if (!type) throw new FieldError(path, 'a mount needs a "type"');
  const destination = mount.destination || places[type];
  if (!destination) throw new FieldError(path, `a mount of type "${type}" needs a "destination"`);
  const options = [...(mount.options ?? [])];
  const given = mount.source || type;
  const source = type === 'bind' ? bindSource(given, options, path, volumes) : given;
  return { destination, type, source, ...(options.length > 0 && { options }) };
}

function inferType({ source = '', destination }: GivenMount): string | undefined {
  if (Object.hasOwn(places, source)) return source;
  return destination === '/dev' ? 'tmpfs' : undefined;
}
