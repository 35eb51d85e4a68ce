import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Group } from '../file/cluster.ts';
import { assignAddresses, macOf } from './addresses.ts';

const lan = { network: '10.90.0.0', prefix: 28 };
const group = (name: string, count: number): Group => ({
  ...{ name, count, backend: 'container', image: { built: '/x' }, memoryMiB: undefined, cpus: undefined },
  ...{ disks: [], publish: [], networks: ['lan'], metadata: undefined, check: undefined },
});
const cluster = (...groups: Group[]) => ({ networks: { lan }, groups });
const none = new Set<string>();

test('addresses follow the order of the file, and stay when the file changes', () => {
  const first = assignAddresses(cluster(group('a', 2), group('b', 1)), {}, none);
  expect(first).toEqual({ lan: { 'a-1': '10.90.0.2', 'a-2': '10.90.0.3', 'b-1': '10.90.0.4' } });
  const more = assignAddresses(cluster(group('b', 1), group('a', 3)), first, none);
  expect(more.lan).toEqual({
    'b-1': '10.90.0.4',
    'a-1': '10.90.0.2',
    'a-2': '10.90.0.3',
    'a-3': '10.90.0.5',
  });
  const fewer = assignAddresses(cluster(group('a', 1), group('c', 2)), first, new Set(['b-1']));
  expect(fewer.lan).toMatchObject({
    'a-1': '10.90.0.2',
    'b-1': '10.90.0.4',
    'c-1': '10.90.0.3',
    'c-2': '10.90.0.5',
  });
});

test('another subnet gives other addresses', () => {
  const before = { lan: { 'a-1': '10.1.0.9' } };
  expect(assignAddresses(cluster(group('a', 1)), before, none)).toEqual({ lan: { 'a-1': '10.90.0.2' } });
});

test('no address is given twice, and each is in the subnet', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(counts, counts, (before, after) => {
      const at = (list: number[]) => cluster(...list.map((count, index) => group(`g${index}`, count)));
      const { lan: addresses = {} } = assignAddresses(at(after), assignAddresses(at(before), {}, none), none);
      const given = Object.values(addresses);
      expect(new Set(given).size).toBe(given.length);
      for (const address of given) expect(Number(address.split('.')[3])).toBeGreaterThanOrEqual(2);
      for (const address of given) expect(Number(address.split('.')[3])).toBeLessThanOrEqual(14);
    }),
  );
});

test('cards have addresses of their own', () => {
  expect(macOf('a', 'b-1', 'lan')).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/);
  expect(macOf('a', 'b-1', 'lan')).not.toBe(macOf('a', 'b-2', 'lan'));
});
