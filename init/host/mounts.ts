import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { cgroupRoot } from '../../lib/linux/process/cgroup.ts';
import type { StepContext } from '../steps.ts';
import type { GuestSystem } from '../system/system.ts';

interface MountRow {
  /** Its purpose, as the end of a sentence: `show processes`. */
  readonly purpose: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
  /** Some kernels are built without it. */
  readonly optional?: true;
}

const safe = ['nosuid', 'nodev', 'noexec', 'relatime'];

/** In order. Existing mounts, of stage 1 or a container runtime, are kept. */
const mounts: readonly MountRow[] = [
  row('show processes', 'proc', '/proc', 'proc', safe),
  row('show devices and drivers', 'sysfs', '/sys', 'sysfs', safe),
  row('hold device files', 'dev', '/dev', 'devtmpfs', ['nosuid', 'noexec', 'relatime', 'mode=755']),
  row('hold state until the next boot', 'run', '/run', 'tmpfs', [...safe, 'size=10%', 'mode=755']),
  row('hold temporary files', 'tmp', '/tmp', 'tmpfs', [...safe, 'size=10%', 'mode=1777']),
  row('hold variable files', 'var', '/var', 'tmpfs', [...safe, 'size=50%', 'mode=755']),
  row('give terminals', 'devpts', '/dev/pts', 'devpts', [
    'nosuid',
    'noexec',
    'relatime',
    'gid=5',
    'mode=0620',
    'ptmxmode=0666',
  ]),
  row('share memory', 'shm', '/dev/shm', 'tmpfs', [...safe, 'mode=1777']),
  row('pass messages', 'mqueue', '/dev/mqueue', 'mqueue', safe, true),
  row('limit and account', 'cgroup2', cgroupRoot, 'cgroup2', safe),
  row('secure', 'securityfs', '/sys/kernel/security', 'securityfs', safe, true),
  row('debug', 'debugfs', '/sys/kernel/debug', 'debugfs', safe, true),
  row('trace', 'tracefs', '/sys/kernel/tracing', 'tracefs', safe, true),
  row('configure', 'configfs', '/sys/kernel/config', 'configfs', safe, true),
  row('control fuse', 'fusectl', '/sys/fs/fuse/connections', 'fusectl', safe, true),
  row('keep crash records', 'pstore', '/sys/fs/pstore', 'pstore', safe, true),
  row('hold bpf objects', 'bpf', '/sys/fs/bpf', 'bpf', safe, true),
  row('show firmware variables', 'efivarfs', '/sys/firmware/efi/efivars', 'efivarfs', safe, true),
  row('run foreign binaries', 'binfmt_misc', '/proc/sys/fs/binfmt_misc', 'binfmt_misc', safe, true),
];

function row(
  purpose: string,
  source: string,
  target: string,
  type: string,
  options: readonly string[],
  optional?: true,
): MountRow {
  return { purpose, source, target, type, options, ...(optional && { optional }) };
}

/** Those that every container gets. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map((name) => `/dev/${name}`);

const folders: readonly (readonly [path: string, mode: number])[] = [
  ...['cache', 'lib', 'local', 'lock', 'log', 'opt', 'spool'].map((name) => [`/var/${name}`, 0o755] as const),
  ['/var/empty', 0o555],
  ['/var/tmp', 0o1777],
  ['/run/kit', 0o755],
  // What one container binds is not for another one that has /run.
  ['/run/kit/binds', 0o700],
];

const links: readonly (readonly [path: string, target: string])[] = [
  ['/var/run', '/run'],
  ['/dev/fd', '/proc/self/fd'],
  ['/dev/stdin', '/proc/self/fd/0'],
  ['/dev/stdout', '/proc/self/fd/1'],
  ['/dev/stderr', '/proc/self/fd/2'],
  ['/dev/kcore', '/proc/kcore'],
];

/** Mounts the usual file systems, and makes the usual folders and links in /dev, /run and /var. */
export function mountAll({ system }: StepContext): undefined {
  // The list of mounts is in /proc.
  if (!system.files.has('/proc/self')) mountRow(system, mounts[0]);
  const mounted = new Set(system.listMounts().map(({ target }) => target));
  for (const entry of mounts) if (!mounted.has(entry.target)) mountRow(system, entry);
  for (const path of devices) if (!mounted.has(path) && system.files.has(path)) sealDevice(system, path);
  for (const [path, mode] of folders) system.files.makeFolder(path, mode);
  for (const [path, target] of links) system.files.link(path, target);
  // As in LinuxKit: a mount that one service makes below a shared bind mount is seen by the others.
  system.mount('none', '/', '', ['rshared']);
}

/**
 * Makes a device read-only in the sense of mounts: everybody uses it as before, nobody changes its owner and
 * mode. A container's OCI runtime gives its standard streams to the container's user, and without a standard
 * input that is /dev/null of the machine, which the container could then take from all others.
 */
function sealDevice({ mount }: GuestSystem, path: string): void {
  mount(path, path, '', ['bind', 'ro', 'nosuid', 'noexec']);
}

function mountRow({ files, mount }: GuestSystem, entry: MountRow | undefined): void {
  if (!entry) return;
  const { purpose, source, target, type, options, optional } = entry;
  try {
    // In /sys and /proc a missing folder means that the kernel lacks the feature; none can be made there.
    if (!/^\/(sys|proc)\//.test(target) && !files.has(target)) files.makeFolder(target, 0o755);
    mount(source, target, type, options);
  } catch (thrown) {
    if (optional) return;
    throw new KitError(`Cannot mount ${type} on "${target}" to ${purpose}: ${reasonOf(thrown)}`, {
      cause: thrown,
    });
  }
}

/** Makes the parents of the containers' cgroups, with all controllers enabled for accounting. */
export function setUpCgroups({ system }: StepContext): string | undefined {
  if (!system.canMakeCgroups()) return 'none: the host of this container gives it none';
  for (const parent of ['svc', 'onboot', 'onshutdown']) {
    system.makeCgroup(parent);
    system.enableControllers(`${cgroupRoot}/${parent}`);
  }
  return undefined;
}
