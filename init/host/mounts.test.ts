import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { mountAll, setUpCgroups } from './mounts.ts';

test('mounts: existing ones are kept, optional ones that the kernel lacks are skipped', () => {
  const context = fakeContext({ '/proc/self/stat': '' });
  for (const target of ['/proc', '/dev', '/run']) {
    context.mounted.push({ id: 0, parent: 0, target, options: [], type: 'x', source: 'x', settings: [] });
  }
  context.failing.set(
    'mount efivarfs /sys/firmware/efi/efivars efivarfs nosuid,nodev,noexec,relatime',
    new Error('ENOENT'),
  );
  mountAll(context);
  const targets = context.calls.filter((line) => line.startsWith('mount')).map((line) => line.split(' ')[2]);
  expect(targets.slice(0, 3)).toEqual(['/sys', '/tmp', '/var']);
  expect(targets.at(-1)).toBe('/');
  expect(targets).toContain('/sys/fs/cgroup');
  expect(context.calls).toContain('link /dev/fd /proc/self/fd');
});

test("attack: a container takes the machine's /dev/null, which is its standard input, for itself", () => {
  const context = fakeContext({ '/proc/self/stat': '', '/dev/null': '', '/dev/tty': '' });
  context.mounted.push({
    ...{ id: 0, parent: 0, target: '/dev/tty', options: [], type: 'x', source: 'x', settings: [] },
  });
  mountAll(context);
  const sealed = context.calls.filter((line) => line.startsWith('mount /dev/'));
  expect(sealed).toEqual(['mount /dev/null /dev/null bind,ro,nosuid,noexec']);
});

test('mounts: a failure of any other one is fatal', () => {
  const context = fakeContext();
  context.failing.set('mount sysfs /sys sysfs nosuid,nodev,noexec,relatime', new Error('EPERM'));
  expect(() => mountAll(context)).toThrow('Cannot mount sysfs on "/sys" to show devices and drivers: EPERM');
});

test('cgroups: the parents of containers have all controllers enabled', () => {
  const context = fakeContext();
  setUpCgroups(context);
  expect(context.calls).toContain('controllers /sys/fs/cgroup/svc');
  const contained = fakeContext();
  contained.system.canMakeCgroups = () => false;
  expect(setUpCgroups(contained)).toBe('none: the host of this container gives it none');
  expect(contained.calls).toEqual([]);
});
