import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { cgroupRoot } from '../../lib/linux/process/cgroup.ts';
import type { Machine } from '../steps.ts';

interface MountRow {
  readonly doing: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
  /** Kernels are built without it. */
  readonly optional?: true;
}

const safe = ['nosuid', 'nodev', 'noexec', 'relatime'];

/** In order. What stage 1 or a container runtime has mounted already stays. */
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
  doing: string,
  source: string,
  target: string,
  type: string,
  options: readonly string[],
  optional?: true,
): MountRow {
  return { doing, source, target, type, options, ...(optional && { optional }) };
}

const folders: readonly (readonly [path: string, mode: number])[] = [
  ...['cache', 'lib', 'local', 'lock', 'log', 'opt', 'spool'].map((name) => [`/var/${name}`, 0o755] as const),
  ['/var/empty', 0o555],
  ['/var/tmp', 0o1777],
  ['/run/kit', 0o755],
];

const links: readonly (readonly [path: string, target: string])[] = [
  ['/var/run', '/run'],
  ['/dev/fd', '/proc/self/fd'],
  ['/dev/stdin', '/proc/self/fd/0'],
  ['/dev/stdout', '/proc/self/fd/1'],
  ['/dev/stderr', '/proc/self/fd/2'],
  ['/dev/kcore', '/proc/kcore'],
];

/** Mounts what every Linux program expects, and fills /dev and /var with what the kernel does not put there. */
export function mountAll({ kernel }: Machine): undefined {
  // Nothing can be looked up before /proc is there; if it is, this fails with EBUSY and does no harm.
  if (!kernel.files.has('/proc/self')) mountRow(kernel, mounts[0]);
  const mounted = new Set(kernel.listMounts().map(({ target }) => target));
  for (const entry of mounts) if (!mounted.has(entry.target)) mountRow(kernel, entry);
  for (const [path, mode] of folders) kernel.files.makeFolder(path, mode);
  for (const [path, target] of links) kernel.files.link(path, target);
  // Mounts that a service makes under a shared bind show up in the others, as LinuxKit has it.
  kernel.mount('none', '/', '', ['rshared']);
}

function mountRow({ files, mount }: Machine['kernel'], entry: MountRow | undefined): void {
  if (!entry) return;
  const { doing, source, target, type, options, optional } = entry;
  try {
    // In /sys and /proc folders cannot be made, and one that is not there tells that the kernel lacks the feature.
    if (!/^\/(sys|proc)\//.test(target) && !files.has(target)) files.makeFolder(target, 0o755);
    mount(source, target, type, options);
  } catch (thrown) {
    if (optional) return;
    throw new KitError(`Cannot mount ${type} on "${target}" to ${doing}: ${reasonOf(thrown)}`, {
      cause: thrown,
    });
  }
}

/** Parents for containers' cgroups, with every controller on, so that memory is accounted for each of them. */
export function openCgroups({ kernel }: Machine): undefined {
  for (const parent of ['svc', 'onboot', 'onshutdown']) {
    kernel.makeCgroup(parent);
    kernel.enableControllers(`${cgroupRoot}/${parent}`);
  }
}
