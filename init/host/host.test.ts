import { expect, test } from 'vitest';
import { fakeContext, fakeLink } from '../testing/fake-context.ts';
import { makeResolvConf, raiseLimits, startLoopback } from './host.ts';

test('limits that a container may not raise stay unchanged; in a machine that is an error', () => {
  const context = fakeContext();
  context.failing.set('limit NOFILE 1048576', new Error('EPERM'));
  expect(() => raiseLimits(context)).toThrow('EPERM');
  const contained = { ...context, system: { ...context.system, ownsMachine: () => false } };
  expect(raiseLimits(contained)).toBe('unchanged: the machine around this container allows no more');
});

test('limits are raised, and resolv.conf is created empty, unless it exists', () => {
  const context = fakeContext();
  raiseLimits(context);
  makeResolvConf(context);
  expect(context.calls.slice(0, 2)).toEqual(['limit NOFILE 1048576', 'limit NPROC unlimited']);
  expect(context.disk.get('/run/resolvconf/resolv.conf')).toBe('');
  context.disk.set('/run/resolvconf/resolv.conf', 'nameserver 1.1.1.1');
  makeResolvConf(context);
  expect(context.disk.get('/run/resolvconf/resolv.conf')).toBe('nameserver 1.1.1.1');
});

test('loopback is brought up; a machine without it is an error', () => {
  const context = fakeContext();
  expect(() => startLoopback(context)).toThrow('Cannot bring up the loopback interface: there is none');
  context.links.push(fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }));
  startLoopback(context);
  expect(context.calls).toEqual(['link 1 {"up":true}']);
});
