import { describe, expect, test } from 'vitest';
import { fakeContext, fakeLink } from '../testing/fake-context.ts';
import { makeResolvConf, raiseLimits, setClock, startLoopback } from './host.ts';

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

describe('the clock', () => {
  const built = Date.UTC(2025, 10, 5);
  const now = Date.UTC(2026, 2, 9);

  test.each<[string, hardware: number | undefined, kernel: number, said: string | undefined, set: number[]]>([
    ['is that of the hardware', now, 0, undefined, [now]],
    ['is the same already', now, now + 1500, undefined, []],
    [
      'without hardware begins when the kernel was built',
      undefined,
      0,
      'no hardware clock: begins on',
      [built],
    ],
    ['is the later of what there is', undefined, now, 'no hardware clock', []],
    [
      'is not that of a flat battery',
      Date.UTC(2000),
      Date.UTC(2000),
      'the hardware clock says 2000-01-01: be',
      [built],
    ],
  ])('%s', (_title, hardware, kernel, said, set) => {
    const context = fakeContext();
    context.disk.set('/proc/sys/kernel/version', '#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)');
    const clocks = { readHardwareClock: () => hardware, wallClockMs: () => kernel };
    const text = setClock({ ...context, system: { ...context.system, ...clocks } });
    if (said === undefined) expect(text).toBeUndefined();
    else expect(text).toContain(said);
    expect(context.calls).toEqual(set.map((timeMs) => `clock ${timeMs}`));
  });
});
