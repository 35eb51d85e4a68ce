import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Mount } from '../lib/bundle/bundle.ts';
import { needsRoot } from '../test/support/needs.ts';

const checkout = dirname(import.meta.dirname);

const top = '/run/layers/top/containers/volumes';
const overlay = (name: string, ...options: string[]): Mount => ({
  destination: `/containers/volumes/${name}/merged`,
  type: 'overlay',
  source: 'overlay',
  options: [`lowerdir=${top}/${name}/lower:/run/layers/0001`, ...options],
});
const tmp = '/containers/volumes/full/tmp';

/** As build/image/volumes/volumes.ts writes them. */
const mounts = {
  fullMounts: [
    { destination: tmp, type: 'tmpfs', source: 'tmpfs', options: [] },
    overlay('full', `upperdir=${tmp}/upper`, `workdir=${tmp}/work`),
  ],
  fixedMounts: [overlay('fixed', 'ro')],
  emptyMounts: [
    {
      destination: '/containers/volumes/empty/merged',
      type: '',
      source: `${top}/empty/lower`,
      options: ['bind', 'ro'],
    },
  ],
} satisfies Record<string, Mount[]>;
const volumes = Object.fromEntries(
  Object.entries(mounts).map(([key, value]) => [key, JSON.stringify(value)]),
);

const runtime = {
  ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], bindNS: {}, namespace: '' },
  kit: { onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
};

/**
 * A root file system of the host's programs, in namespaces of its own, without /sys: no devices, no hardware
 * clock. A script takes the place of crun and runs `<bundle>/command` as it is.
 */
const prepare = `
  set -e
  root=$(mktemp -d)
  mount -t tmpfs root "$root"
  cd "$root"
  mkdir -p proc sys/fs/cgroup dev run tmp var etc kit/checkout usr
  for path in /bin /sbin /lib /lib64 /usr; do
    [ -e "$path" ] || continue
    if [ -L "$path" ]; then ln -s "$(readlink "$path")" ".$path"; continue; fi
    mkdir -p ".$path"
    mount --rbind "$path" ".$path"
  done
  mount -t tmpfs sys sys && mkdir -p sys/fs/cgroup && mount -t tmpfs cgroup sys/fs/cgroup
  mount -t tmpfs dev dev
  touch dev/null dev/urandom kit/node
  mount --bind /dev/null dev/null && mount --bind /dev/urandom dev/urandom
  mount --bind "$node" kit/node && mount --bind "$checkout" kit/checkout
  mount -t tmpfs local usr/local && mkdir usr/local/bin
  # A host may have a containerd.
  mkdir above && mount -t tmpfs above above && mkdir above/upper above/work
  mount -t overlay bin -o "lowerdir=$root/usr/bin,upperdir=$root/above/upper,workdir=$root/above/work" usr/bin
  rm -f usr/bin/containerd
  cat >usr/local/bin/crun <<'END'
#!/bin/sh
[ "$1" = run ] || exit 0
exec /bin/sh "$3/command"
END
  chmod +x usr/local/bin/crun
  bundle() {
    mkdir -p "containers/$1"
    printf '%s' "$runtime" >"containers/$1/runtime.json"
    echo "$2" >"containers/$1/command"
  }
  bundle onboot/000-first 'echo hello'
  mount -t tmpfs run run
  top=run/layers/top/containers/volumes
  mkdir -p run/layers/0001 $top/full/lower $top/fixed/lower
  echo content >run/layers/0001/file
  volume() {
    mkdir -p "containers/volumes/$1/merged" "containers/volumes/$1/lower"
    printf '{"mounts":%s}' "$2" >"containers/volumes/$1/volume.json"
  }
  volumes=containers/volumes
  mkdir -p $volumes/full/tmp $volumes/plain/lower $volumes/plain/merged $volumes/plain/tmp
  volume full "$fullMounts"
  volume fixed "$fixedMounts"
  volume empty "$emptyMounts"
  mkdir -p run/layers/top/containers/volumes/empty/lower
  bundle onboot/000-volumes '
    cd /containers/volumes
    echo full: $(cat full/merged/file); echo new >full/merged/file && echo more >full/merged/more
    echo written: $(cat full/tmp/upper/file full/tmp/upper/more), below: $(cat /run/layers/0001/file)
    echo fixed: $(cat fixed/merged/file)
    for name in fixed empty; do
      (echo x >$name/merged/file) 2>/dev/null || echo $name cannot be written to
    done
    echo x >plain/merged/x && echo plain: $(cat plain/tmp/upper/x)'
  bundle onboot/001-bad 'echo "no such table" >&2; exit 7'
  bundle onboot/002-last '(sleep 1; kill -USR2 1) >/dev/null 2>&1 & cat /run/kit/reports/onboot-bad.json'
  bundle onshutdown/000-bye 'cat /run/kit/boot.json; hostname'
  echo tested >etc/hostname
  exec chroot . /kit/node --disable-warning=ExperimentalWarning /kit/checkout/init/main.ts
`;

test(
  'init boots, runs containers in order, and ends, as PID 1 of its own namespaces',
  needsRoot('PID namespaces'),
  () => {
    const env = {
      ...process.env,
      node: process.execPath,
      checkout,
      runtime: JSON.stringify(runtime),
      ...volumes,
    };
    // A boot that stands still shows what it has printed.
    const limits = { timeout: 120_000, killSignal: 'SIGKILL' } as const;
    const namespaces = ['-m', '-p', '-f', '--kill-child', '-u', '-i', '-n'];
    const { stdout, signal } = spawnSync('unshare', [...namespaces, 'sh', '-c', prepare], {
      encoding: 'utf8',
      env,
      ...limits,
    });
    const lines = stdout.split('\n').map((line) => line.replace(/\d+(\.\d+)? m?s\b/g, 'T'));
    const want = [
      /^kit: mounts T$/,
      /^kit: loopback T$/,
      /^kit: containerd T: not in the image$/,
      /^kit: hostname T: tested$/,
      /^kit: volumes T: empty, fixed, full, plain$/,
      /^first: hello$/,
      /^kit: onboot first T$/,
      /^volumes: full: content$/,
      /^volumes: written: new more, below: content$/,
      /^volumes: fixed: content$/,
      /^volumes: fixed cannot be written to$/,
      /^volumes: empty cannot be written to$/,
      /^volumes: plain: x$/,
      /^bad: no such table$/,
      /^kit: onboot bad failed after T: exit status 7$/,
      /^last: \{"name":"bad",.*"state":"failed","exitStatus":7,"reason":"exit status 7"/,
      /^kit: onboot T: bad failed$/,
      /^kit: services T: no supervisor in the image$/,
      /^kit: poweroff, requested by SIGUSR2$/,
      /^bye: \[\{"phase":"before init",.*"phase":"onboot"/,
      /^bye: tested$/,
      /^kit: onshutdown T: 1 done$/,
      /^kit: poweroff now, after T$/,
    ];
    const found = want.map((pattern) => lines.findIndex((line) => pattern.test(line)));
    expect(found, stdout).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    // reboot(2): power-off in a pid namespace kills its init with SIGINT, and unshare(1) exits the same way.
    expect(signal).toBe('SIGINT');
  },
);
