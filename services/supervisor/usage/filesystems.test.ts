import { expect, test } from 'vitest';
import { parseMountInfo } from '../../../lib/linux/mount/mountinfo.ts';
import { dataMounts, readFilesystems } from './filesystems.ts';

const mounts = parseMountInfo(`1 0 0:1 / / ro - overlay root ro,lowerdir=/a
2 1 0:2 / /run rw - tmpfs run rw
3 1 0:3 / /run/layers/abc ro - erofs /dev/loop0 ro
4 1 254:0 / /var rw - ext4 /dev/vda rw
5 1 254:0 /db /var/lib/db rw - ext4 /dev/vda rw
6 1 0:6 / /mnt/nfs rw - nfs4 host:/x rw
7 1 0:7 / /run/kit/inspect/web rw - tmpfs inspect rw
8 1 0:8 / /dev/shm rw - tmpfs shm rw
9 1 0:2 / /containers/services/a/rootfs/run rw - tmpfs run rw
`);

test('file systems that hold data, each device once, and no containers of kit', () => {
  expect(dataMounts(mounts).map(({ target }) => target)).toEqual(['/run', '/var']);
});

test('a mount point that is gone is left out', async () => {
  const gone = mounts.map((mount) => ({ ...mount, target: '/nonexistent', type: 'ext4' }));
  expect(await readFilesystems(gone)).toEqual([]);
  const [here] = await readFilesystems(mounts.slice(3, 4).map((mount) => ({ ...mount, target: '/' })));
  expect(here).toMatchObject({ device: '/dev/vda', type: 'ext4', readonly: false });
  expect(here?.sizeBytes).toBeGreaterThan(here?.freeBytes ?? 0n);
});
