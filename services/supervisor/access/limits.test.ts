import { expect, test } from 'vitest';
import { AccessLimits, accessLimits, type Grant } from './limits.ts';
import type { Peer } from './peer.ts';
import type { Role } from './roles.ts';

const peer = (key: string, role: Role = 'read'): Peer => ({ name: key, role, key, identity: {} });

function limits(used = 0) {
  const clock = { ms: 0 };
  const all = new AccessLimits(
    () => ({ used, limit: 100 }),
    accessLimits,
    () => clock.ms,
  );
  return { all, clock };
}

const granted = (one: Grant | string): Grant => {
  if (typeof one === 'string') throw new Error(one);
  return one;
};

test('a peer that is at its limit leaves room for others of its role, which together are limited too', () => {
  const { all } = limits();
  const { peer: own, all: together } = accessLimits.read;
  for (let n = 0; n < own.streams; n += 1) granted(all.call(peer('a'), true));
  expect(all.call(peer('a'), true)).toBe(
    'this client has 8 streams open, which is its limit; close some of them',
  );
  granted(all.call(peer('a'), false));
  for (const name of ['b', 'c', 'd'])
    for (let n = 0; n < own.streams; n += 1) granted(all.call(peer(name), true));
  expect(4 * own.streams).toBe(together.streams);
  expect(all.call(peer('e'), true)).toMatch(/^clients with role read have 32 streams open/);
  granted(all.call(peer('a', 'operate'), true));
  granted(all.call(peer('a', 'debug'), true));
});

test('what was released once counts no more, and not less than nothing', () => {
  const { all } = limits();
  const { connections } = accessLimits.read.peer;
  const grants = Array.from({ length: connections }, () => granted(all.connection(peer('a'))));
  grants[0]?.release();
  grants[0]?.release();
  granted(all.connection(peer('a')));
  expect(all.connection(peer('a'))).toMatch(/connections open/);
});

test('calls of a reader are limited by time as well', () => {
  const { all, clock } = limits();
  const call = () => all.call(peer('a'), false);
  for (let n = 0; n < 100; n += 1) granted(call()).release();
  expect(call()).toBe('this client has made more than 20 calls a second; try again later');
  clock.ms += 50;
  granted(call());
});

test('each role keeps descriptors for the higher ones', () => {
  const refused = (used: number): string[] =>
    (['read', 'operate', 'debug'] as const).filter(
      (role) => typeof limits(used).all.connection(peer('a', role)) === 'string',
    );
  expect([49, 50, 75, 90].map((used) => refused(used).join())).toEqual([
    '',
    'read',
    'read,operate',
    'read,operate,debug',
  ]);
});
