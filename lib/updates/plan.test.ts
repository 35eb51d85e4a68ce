import { expect, test } from 'vitest';
import type { ImageInventory } from './inventory.ts';
import { isEmpty, planUpdate, rebootText, whyRefused } from './plan.ts';
import { testInventory } from './testing.ts';

const before = testInventory({
  machine: { 'the image of the kernel': 'k1', 'file "/etc/motd"': 'm1', 'volume "data"': 'v1' },
  services: { web: 'w1', db: 'd1', old: 'o1' },
});

test('services are changed, added and removed by the digests of their bundles', () => {
  const next = testInventory({ ...before, services: { web: 'w2', db: 'd1', fresh: 'f1', apache: 'a1' } });
  const plan = planUpdate(before, next);
  expect(plan).toEqual({ changed: ['web'], added: ['apache', 'fresh'], removed: ['old'], reboot: [] });
  expect(isEmpty(plan)).toBe(false);
  expect(isEmpty(planUpdate(before, before))).toBe(true);
});

test('what only a boot can change is named', () => {
  const machine = { 'the image of the kernel': 'k2', 'file "/etc/motd"': 'm1', 'onboot entry "dhcp"': 'x' };
  const { reboot } = planUpdate(before, testInventory({ ...before, machine }));
  expect(reboot).toEqual(['onboot entry "dhcp"', 'the image of the kernel', 'volume "data"']);
  expect(rebootText({ reboot })).toBe(
    'onboot entry "dhcp", the image of the kernel and volume "data" differ',
  );
  expect(rebootText({ reboot: ['--production'] })).toBe('--production differs');
  const many = Array.from({ length: 9 }, (_, at) => `file "/f${at}"`);
  expect(rebootText({ reboot: many })).toMatch(/^file "\/f0", .*, file "\/f5" and 3 more differ$/);
});

test('names that objects inherit are no services', () => {
  const next = testInventory({ ...before, services: { ...before.services, constructor: 'c' } });
  expect(planUpdate(before, next).added).toEqual(['constructor']);
});

test.each<[Partial<ImageInventory>, string | undefined]>([
  [{}, undefined],
  [{ stateVersion: 4 }, undefined],
  [{ stateVersion: 2 }, "its stateVersion is 2, and the machine's data may be of version 3 already"],
  [{ arch: 'arm64' }, 'the image is for arm64, and the machine is amd64'],
])('%j is refused for: %s', (change, why) => {
  const current = { ...before, stateVersion: 3 };
  const refusal = whyRefused(current, { ...current, ...change });
  if (why === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toContain(why);
});
