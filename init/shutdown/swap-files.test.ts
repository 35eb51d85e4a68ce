import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { stopSwapFiles } from './swap-files.ts';

const swaps = (...lines: readonly string[]): string =>
  ['Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority', ...lines, ''].join('\n');

test('files are no longer used, wherever they are mounted; devices are left alone', () => {
  const fake = fakeContext({
    '/proc/swaps': swaps(
      '/dev/dm-0                               partition\t1048572\t\t0\t\t-2',
      '/swapfile                               file\t\t65532\t\t0\t\t-3',
    ),
  });
  fake.system.mount('/dev/vda', '/var/data', 'ext4', []);
  fake.calls.length = 0;
  fake.failing.set('swapoff /swapfile', new Error('EINVAL'));
  stopSwapFiles(fake);
  expect(fake.calls).toEqual(['swapoff /swapfile', 'swapoff /var/data/swapfile']);
  expect(fake.shown).toEqual([]);
});

test('one that cannot be stopped is named', () => {
  const fake = fakeContext({ '/proc/swaps': swaps('/var/data/swap file 65532 0 -2') });
  fake.failing.set('swapoff /var/data/swap', new Error('ENOMEM'));
  stopSwapFiles(fake);
  expect(fake.shown).toEqual(['Cannot stop swapping to "/var/data/swap": its disk will not be unmounted']);
  const without = fakeContext();
  stopSwapFiles(without);
  expect([...without.calls, ...without.shown]).toEqual([]);
});
