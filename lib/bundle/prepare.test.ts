import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { SyscallError } from '../linux/ffi.ts';
import type { RuntimeConfig } from './bundle.ts';
import { type BundleKernel, prepareBundle, prepareProcess, releaseBinds, releaseBundle } from './prepare.ts';
import { fakeOwners } from './testing.ts';

const dir = '/containers/services/web';

/** Records the calls; a mount at the target `refuse` fails. */
function recorder(refuse = ''): { log: string[]; mounted: string[]; kernel: BundleKernel } {
  const log: string[] = [];
  const mounted: string[] = [];
  const kernel: BundleKernel = {
    mount(source, target, type, options) {
      if (target === refuse) throw new SyscallError('mount', constants.errno.ENOENT, target);
      if (!options.includes('remount')) mounted.push(target);
      log.push(`mount ${source} ${target} ${type} ${options.join(',')}`.trim());
    },
    unmount(target) {
      mounted.splice(mounted.lastIndexOf(target), 1);
      log.push(`unmount ${target}`);
    },
    ...fakeOwners((...words) => void log.push(words.join(' '))),
    isMounted: (target) => mounted.includes(target),
    makeFolder: (path) => void log.push(`folder ${path}`),
    makeFile: (path) => void log.push(`file ${path}`),
    isFile: (path) => path.endsWith('.conf'),
    makeCgroup: (path) => void log.push(`cgroup ${path}`),
    createLink: (link) => void log.push(`create ${JSON.stringify(link)}`),
    moveLink: (name, pid) => void log.push(`move ${name} ${pid}`),
  };
  return { log, mounted, kernel };
}

const none: RuntimeConfig = {
  cgroups: [],
  mounts: [],
  mkdir: [],
  interfaces: [],
  bindNS: { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
  namespace: '',
  kit: {
    restart: 'always',
    after: [],
    ready: null,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    onFailure: 'continue',
    timeoutMs: 0,
    ociRuntime: 'crun',
  },
};

const runtime: RuntimeConfig = {
  ...none,
  cgroups: ['svc/web'],
  mkdir: ['data', '/var/lib/web'],
  mounts: [
    { destination: `${dir}/tmp`, type: 'tmpfs', source: 'tmpfs', options: [] },
    { destination: `${dir}/tmp`, type: '', source: '', options: ['remount', 'private'] },
    {
      destination: `${dir}/rootfs`,
      type: 'overlay',
      source: 'overlay',
      options: ['lowerdir=/run/layers/a', `upperdir=${dir}/tmp/upper`, `workdir=${dir}/tmp/work`],
    },
    { destination: '/var/data', type: 'ext4', source: '/dev/vda', options: ['noatime'] },
    { destination: 'etc/web.conf', type: 'bind', source: '/etc/web.conf', options: ['bind', 'ro'] },
  ],
};

test('mounts are made in order, with the folders they need', () => {
  const { log, kernel } = recorder();
  prepareBundle({ dir, runtime }, kernel);
  const writable = `upperdir=${dir}/tmp/upper,workdir=${dir}/tmp/work`;
  expect(log).toEqual([
    `folder ${dir}/tmp`,
    `mount tmpfs ${dir}/tmp tmpfs`,
    `folder ${dir}/tmp`,
    `mount  ${dir}/tmp  remount,private`,
    `folder ${dir}/rootfs`,
    `folder ${dir}/tmp/upper`,
    `folder ${dir}/tmp/work`,
    `mount overlay ${dir}/rootfs overlay lowerdir=/run/layers/a,${writable}`,
    'folder /var/data',
    'mount /dev/vda /var/data ext4 noatime',
    `file ${dir}/rootfs/etc/web.conf`,
    `mount /etc/web.conf ${dir}/rootfs/etc/web.conf bind bind,ro`,
    `folder ${dir}/rootfs/data`,
    'folder /var/lib/web',
    'cgroup svc/web',
  ]);
});

test('a second time the own mounts are remade, and the others kept', () => {
  const { log, mounted, kernel } = recorder();
  prepareBundle({ dir, runtime }, kernel);
  const before = [...mounted];
  log.length = 0;
  prepareBundle({ dir, runtime }, kernel);
  expect(log.filter((line) => line.startsWith('unmount'))).toEqual([
    `unmount ${dir}/rootfs/etc/web.conf`,
    `unmount ${dir}/rootfs`,
    `unmount ${dir}/tmp`,
  ]);
  expect(log.some((line) => line.includes('/dev/vda'))).toBe(false);
  expect([...mounted].sort()).toEqual(before.sort());
});

test('releasing keeps mounts elsewhere in the guest', () => {
  const { mounted, kernel } = recorder();
  prepareBundle({ dir, runtime }, kernel);
  releaseBundle({ dir, runtime }, kernel);
  expect(mounted).toEqual(['/var/data']);
});

test('when a mount fails, the error names it, and those made before are removed', () => {
  const { mounted, kernel } = recorder('/var/data');
  expect(() => prepareBundle({ dir, runtime }, kernel)).toThrow(
    'Cannot mount "/dev/vda" (ext4) on "/var/data": mount "/var/data": no such file or directory (ENOENT)',
  );
  expect(mounted).toEqual([]);
});

test('interfaces are made in the right namespace or moved, and namespaces bound', () => {
  const { log, kernel } = recorder();
  const interfaces = [
    { name: 'eth1' },
    { name: 'veth0', add: 'veth', peer: 'veth1' },
    { name: 'wg0', add: 'wireguard', createInRoot: true },
    { name: 'dummy0', add: 'dummy' },
  ];
  const bindNS = { ...none.bindNS, net: '/run/netns/web' };
  prepareProcess(42, { ...none, interfaces, bindNS }, kernel);
  expect(log).toEqual([
    'move eth1 42',
    'create {"name":"veth0","kind":"veth","peer":"veth1","inNamespaceOf":42}',
    'create {"name":"wg0","kind":"wireguard"}',
    'move wg0 42',
    'create {"name":"dummy0","kind":"dummy","inNamespaceOf":42}',
    'file /run/netns/web',
    'mount /proc/42/ns/net /run/netns/web  bind',
  ]);
});

test('a namespace bound again replaces the earlier one', () => {
  const { mounted, kernel } = recorder();
  const bindNS = { ...none.bindNS, net: '/run/netns/web' };
  for (const pid of [42, 43]) prepareProcess(pid, { ...none, bindNS }, kernel);
  expect(mounted).toEqual(['/run/netns/web']);
});

const range = [{ containerID: 0, hostID: 524_288, size: 65_536 }];
const bind = { destination: '/run/kit/binds/services/web/0', type: '', source: '/var/x', options: ['rbind'] };

/** Of a container with ids of its own. */
const owned: RuntimeConfig = {
  ...runtime,
  mounts: runtime.mounts.slice(0, 3),
  kit: { ...runtime.kit, ids: { uids: range, gids: range }, binds: [bind] },
};

test('with ids of its own, layers and binds are mapped, and its root owns what it writes', () => {
  const { log, kernel } = recorder();
  prepareBundle({ dir, runtime: owned }, kernel);
  expect(log.slice(log.indexOf(`folder ${dir}/rootfs`))).toEqual([
    `folder ${dir}/rootfs`,
    `folder ${dir}/tmp/upper`,
    `owner ${dir}/tmp/upper 524288:524288`,
    `folder ${dir}/tmp/work`,
    'scratch',
    'folder /scratch/0',
    'map /run/layers/a /scratch/0 one',
    `mount overlay ${dir}/rootfs overlay lowerdir=/scratch/0,upperdir=${dir}/tmp/upper,workdir=${dir}/tmp/work`,
    'no scratch',
    `folder ${dir}/rootfs/data`,
    'folder /var/lib/web',
    'cgroup svc/web',
    `folder ${bind.destination}`,
    `map /var/x ${bind.destination} all`,
  ]);
});

test('without, as in a container of kit run, binds keep the owners of files', () => {
  const { log, mounted, kernel } = recorder();
  const shared = { ...owned, kit: { ...runtime.kit, binds: [bind] } };
  prepareBundle({ dir, runtime: shared }, kernel);
  expect(log.at(-1)).toBe(`mount /var/x ${bind.destination}  rbind`);
  prepareBundle({ dir, runtime: shared }, kernel);
  expect(mounted.filter((target) => target === bind.destination)).toHaveLength(1);
  releaseBinds(shared.kit, kernel);
  expect(mounted).not.toContain(bind.destination);
});

test('a bind whose source is not there is an error that names it, and nothing else', () => {
  const { mounted, kernel } = recorder(bind.destination);
  const shared = { ...owned, kit: { ...runtime.kit, binds: [bind] } };
  expect(() => prepareBundle({ dir, runtime: shared }, kernel)).toThrow(
    /^Cannot bind "\/var\/x": no such file or directory$/,
  );
  expect(mounted).toEqual([]);
});
