import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseMountInfo } from '../../../lib/linux/mount/mountinfo.ts';
import { diskMounts } from './disk-mounts.ts';
import { DiskCallError } from './disk-thread.ts';
import { type DiskKernel, MachineDisks } from './machine-disks.ts';

const mountinfo = `
20 1 0:2 / / ro - overlay overlay ro,lowerdir=/a
30 20 0:9 / /hostroot ro - overlay overlay ro,lowerdir=/b
31 30 254:0 / /hostroot/var rw - ext4 /dev/vda rw
32 31 254:16 / /hostroot/var/data\\040x rw - xfs /dev/vdb1 rw,attr2
33 31 254:0 /log /hostroot/log rw - ext4 /dev/vda rw
34 30 7:0 / /hostroot/run/layers/a ro - erofs /dev/loop0 ro
35 30 0:30 / /hostroot/tmp rw - tmpfs tmpfs rw
36 20 254:0 /run /run/config rw - ext4 /dev/vda rw
`;
const mounts = diskMounts(parseMountInfo(mountinfo), '/hostroot');

test('file systems on disks are listed once, with their place in the machine', () => {
  expect(mounts.map(({ source, mountPoint }) => `${source} ${mountPoint}`)).toEqual([
    '/dev/vda /var',
    '/dev/vdb1 /var/data x',
  ]);
});

let done: string[];
/** What the freeze of a path comes to. */
let fates: Map<string, Promise<void> | DiskCallError>;
let disks: MachineDisks;
beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  fates = new Map();
  const frozen = new Set<string>();
  let descriptors = 10;
  const kernel: DiskKernel = {
    mounts: () => mounts,
    open: () => ++descriptors,
    close: (fd) => void done.push(`close ${fd}`),
    freeze: async (_fd, path) => {
      const fate = fates.get(path);
      if (fate instanceof Error) throw fate;
      await fate;
      frozen.add(path);
      done.push(`freeze ${path}`);
    },
    thaw: (_fd, path) => {
      if (!frozen.delete(path)) throw new DiskCallError('not frozen', 'EINVAL');
      done.push(`thaw ${path}`);
    },
    trim: async () => 0,
    space: async () => ({ usedBytes: 0n, totalBytes: 0n }),
  };
  disks = new MachineDisks(kernel, 60_000, { notice: () => {}, warn: (line) => void done.push(line) });
});
afterEach(() => void vi.useRealTimers());

const [outer, inner] = ['/hostroot/var', '/hostroot/var/data x'];

test('the inner one is frozen first and thawed last, and nothing stays open', async () => {
  expect(await disks.freeze()).toBe(2);
  expect(disks.isFrozen).toBe(true);
  expect(disks.thaw()).toBe(2);
  expect(disks.isFrozen).toBe(false);
  expect(done).toEqual([
    ...[`freeze ${inner}`, `freeze ${outer}`, `thaw ${outer}`, 'close 12', `thaw ${inner}`, 'close 11'],
  ]);
  vi.runAllTimers();
  expect(disks.thaw()).toBe(0);
});

test('a list of mount points freezes no others', async () => {
  expect(await disks.freeze(['/var', '/none'])).toBe(1);
  expect(done).toEqual([`freeze ${outer}`]);
});

test('one that cannot be frozen counts as none; one that fails thaws all', async () => {
  fates.set(inner, new DiskCallError('of its kind', 'EOPNOTSUPP'));
  expect(await disks.freeze()).toBe(1);
  disks.thaw();
  fates = new Map([[outer, new DiskCallError('input/output error', 'EIO')]]);
  done = [];
  await expect(disks.freeze()).rejects.toThrow('Cannot freeze "/var": input/output error');
  expect(disks.isFrozen).toBe(false);
  expect(done).toEqual([`freeze ${inner}`, 'close 14', `thaw ${inner}`, 'close 13']);
});

test('after the limit all are thawed, and the next thaw says so once', async () => {
  await disks.freeze();
  vi.advanceTimersByTime(59_999);
  expect(disks.isFrozen).toBe(true);
  vi.advanceTimersByTime(1);
  expect(disks.isFrozen).toBe(false);
  expect(done).toContain('thawed 2 file systems after 60 s, since no host did');
  expect(() => disks.thaw()).toThrow('which is the limit');
  expect(disks.thaw()).toBe(0);
});

test('a disk that takes longer than the limit is thawed when it is frozen at last', async () => {
  const slow = Promise.withResolvers<void>();
  fates.set(outer, slow.promise);
  const freeze = disks.freeze();
  const refused = expect(freeze).rejects.toThrow('which is the limit');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toContain(`thaw ${inner}`);
  slow.resolve();
  await refused;
  expect(done).toContain(`thaw ${outer}`);
  expect(disks.thaw()).toBe(0);
});

test('what an earlier process has left frozen is thawed', async () => {
  await disks.freeze();
  done = [];
  disks.thawLeftovers();
  expect(done).toContain('"/var" was frozen: thawed');
});
