import { expect, test } from 'vitest';
import { clientAt, roleOf } from './tls-client.ts';

test.each([
  [undefined, 'read'],
  ['staff', 'read'],
  ['operate', 'operate'],
  [['debug', 'read'], 'debug'],
  [['staff', 'Debug'], 'read'],
])('a certificate with OU %j has role %s', (units, role) => {
  expect(roleOf(units)).toBe(role);
});

test('the address of a client may be unknown', () => {
  expect([clientAt('192.0.2.1'), clientAt(undefined)]).toEqual([
    'a client at 192.0.2.1',
    'a client at an unknown address',
  ]);
});
