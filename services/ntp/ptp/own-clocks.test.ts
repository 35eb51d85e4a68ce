import { expect, test } from 'vitest';
import { OwnClocks } from './own-clocks.ts';

const names = ['KVM virtual PTP', 'hyperv', 'ptp_vmw', 'ena-ptp-05', '52:54:00:12:34:56', 'mlx5_ptp'];
const clocks = names.map((name, index) => ({ name, path: `/dev/ptp${index}` }));

test.each([
  ['auto', ['KVM virtual PTP', 'hyperv', 'ptp_vmw', 'ena-ptp-05']],
  ['off', []],
  ['mlx5_ptp', ['mlx5_ptp']],
  ['other', []],
])('--ptp %s', (choice, expected) => {
  const own = new OwnClocks(choice, { list: () => clocks, read: () => [] }, () => {});
  expect(own.names).toEqual(expected.map((host) => ({ protocol: 'ptp', host, addresses: 1 })));
});

test('a clock that cannot be read is no reason to ask nobody else, and is named once', () => {
  const lines: string[] = [];
  let problem = 'not permitted';
  const read = () => {
    if (problem !== '') throw new Error(problem);
    return [];
  };
  const own = new OwnClocks('auto', { list: () => clocks.slice(0, 1), read }, (line) => lines.push(line));
  expect([own.names, own.names]).toEqual([[], []]);
  expect(lines).toEqual(['KVM virtual PTP (/dev/ptp0) is not asked: not permitted']);
  problem = '';
  expect(own.names).toHaveLength(1);
  // From then on it is a server like others: what it says counts, not whether it answers each time.
  problem = 'gone';
  expect(own.names).toHaveLength(1);
});
