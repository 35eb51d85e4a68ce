import { expect, test } from 'vitest';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * Programs of the machine that run as root outside any container may not follow what a service puts in a
 * folder that it can write: a link would lead to a file of the machine, a fifo would block. Such folders are
 * touched with `ServiceFolder` (lib/files/service-folder.ts) or `readServiceFile` (lib/files/service-file.ts)
 * only. These files open paths themselves; each has the reason why no service can write there.
 */
const reasons: Readonly<Record<string, string>> = {
  'services/supervisor/access/listeners.ts': '/etc/kit, in the image',
  'services/supervisor/access/tls-files.ts': 'paths of the manifest; O_NONBLOCK, regular files only, bounded',
  'services/supervisor/access/unix-socket.ts': 'unlink and rename, which follow no link',
  'services/supervisor/access/vsock.ts': '/dev',
  'services/supervisor/copy/copier.ts': 'the root of a process, by the kernel',
  'services/supervisor/debug-image/admission.ts': '/proc, and the own folder',
  'services/supervisor/debug-image/debug-containers.ts': 'the own folder, /proc and /sys',
  'services/supervisor/debug-image/layer-store.ts': 'the own folder',
  'services/supervisor/debug-image/write-layer-file.ts': 'the own folder',
  'services/supervisor/exec/on-fifos.ts': 'the own folder',
  'services/supervisor/init/heartbeat.ts': '/etc/kit, in the image',
  'services/supervisor/init/task-reports.ts': '/run/kit/reports, of init',
  'services/supervisor/logs/kernel-log.ts': '/dev/kmsg',
  'services/supervisor/logs/watch-folder.ts': '/run/log, of init and the supervisor',
  'services/supervisor/main.ts': '/proc/self',
  'services/supervisor/probe/probe.ts': 'stat(2) opens nothing',
  'services/supervisor/report/bundles.ts': 'bundles, in the image',
  'services/supervisor/report/processes.ts': '/proc',
  'services/supervisor/service/machine-devices.ts': 'stat(2) opens nothing; names of a folder such as /dev',
  'services/supervisor/service/output-fifos.ts': 'the own folder',
  'services/supervisor/service/service-spec.ts': 'bundles, in the image',
  'services/supervisor/service/state-file.ts': 'the own folder',
  'services/supervisor/supervise.ts': '/etc/kit, in the image',
  'services/supervisor/trim/trim-weekly.ts':
    '/etc/kit, in the image, and whether the host has written a file',
  'services/supervisor/update/saved-sets.ts': 'the own folder',
  'services/supervisor/update/service-set.ts': 'layers and the image, which are read-only',
  'services/supervisor/update/update-layers.ts': 'the own folder, and mount points of layers',
  'services/supervisor/update/updater.ts': '/etc/kit, in the image',
  'services/supervisor/update/write-bundles.ts': 'the own folder, and layers, which are read-only',
  'services/supervisor/usage/cgroup.ts': '/proc and /sys/fs/cgroup',
  'services/supervisor/usage/filesystems.ts': 'statfs(2) opens nothing',
  'init/system/files.ts': 'files of the image, /proc, /sys and the own folders; services: readOfService',
  'init/system/linux-system.ts': '/proc, and inotify, which opens nothing',
};

const guarded = [...sourcesIn('services/supervisor'), ...sourcesIn('init')].filter(
  (path) => !isTest(path) && !isTestSupport(path),
);

test('no other file of init and the supervisor opens paths itself', () => {
  const opening = guarded.filter((path) => /from 'node:fs(?:\/promises)?'/.test(textOf(path)));
  expect(opening.toSorted()).toEqual(Object.keys(reasons).toSorted());
});
