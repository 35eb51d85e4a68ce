import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { Screen } from './screen.ts';
import { machineLine, usageRows } from './text.ts';
import { usageOf, usageUnknown } from './usage.ts';

const mebibyte = 1n << 20n;

function service(name: string, change: Partial<Service> = {}): Service {
  return {
    ...{ name, section: 'services', state: 'ready', restarts: 0, pid: 10, lastExit: '', processes: 3 },
    ...{ memoryBytes: 5n * mebibyte, memoryLimitBytes: 0n, cpuUsec: 0n, ageS: 60, health: 'unknown' },
    ...{
      healthAgeS: 0,
      healthFalls: 0,
      crashLoop: false,
      oomKills: 0,
      livenessRestarts: 0,
      workingSetBytes: 0n,
      ...change,
    },
  };
}

function status(uptimeS: number, services: Service[], change: Partial<StatusReply> = {}): StatusReply {
  const memory = { memoryTotal: 1000n * mebibyte, memoryAvailable: 700n * mebibyte };
  return {
    ...{ hostname: 't1', uptimeS, services, kernelRelease: '6.12', bootId: 'one', cpuUsec: 0n, cpus: 2 },
    ...{ ...memory, booting: false, filesystems: [] },
    ...change,
  };
}

test('CPU usage is counted between two samples, by the clock of the guest', () => {
  const before = status(100, [service('web', { cpuUsec: 500_000n }), service('idle')], {
    cpuUsec: 1_000_000n,
  });
  const now = status(104, [service('web', { cpuUsec: 2_500_000n }), service('idle')], {
    cpuUsec: 5_000_000n,
  });
  const usage = usageOf('t1', 7, now, before);
  expect(usage).toMatchObject({ name: 't1', timeMs: 7, cpuPercent: 100, cpus: 2, memoryBytes: 300 << 20 });
  expect(usage.services.map(({ cpuPercent }) => cpuPercent)).toEqual([50, 0]);
});

test('a restarted service is counted from its start; after a reboot there are no figures yet', () => {
  const before = status(100, [service('web', { cpuUsec: 9_000_000n })]);
  const again = status(110, [service('web', { pid: 11, cpuUsec: 1_000_000n })]);
  expect(usageOf('t1', 0, again, before).services[0]?.cpuPercent).toBe(10);
  const booted = status(3, [service('web', { cpuUsec: 1n })], { bootId: 'two' });
  const usage = usageOf('t1', 0, booted, before);
  expect([usage.cpuPercent, usage.services[0]?.cpuPercent]).toEqual([null, null]);
  expect(usageOf('t1', 0, booted, undefined).cpuPercent).toBeNull();
});

test('rows are sorted by usage, then by name; onboot containers are left out', () => {
  const services = [
    service('b', { cpuUsec: 10_000n, memoryBytes: mebibyte }),
    service('a', { cpuUsec: 10_000n, memoryBytes: 9n * mebibyte, memoryLimitBytes: 64n * mebibyte }),
    service('c', { cpuUsec: 900_000n, memoryBytes: 2n * mebibyte }),
    service('init', { section: 'onboot' }),
  ];
  const usage = [usageOf('t1', 0, status(1, services), status(0, []))];
  const names = (sort: 'cpu' | 'memory' | 'name') => usageRows(usage, sort).map(([name]) => name);
  expect(names('cpu')).toEqual(['SERVICE', 'c', 'a', 'b']);
  expect(names('memory')).toEqual(['SERVICE', 'a', 'c', 'b']);
  expect(names('name')).toEqual(['SERVICE', 'a', 'b', 'c']);
  expect(usageRows(usage, 'memory')[1]).toEqual([
    'a',
    '1.0 %',
    '9.0 of 64 MiB',
    '3',
    '0',
    '-',
    'ready',
    '1 min',
  ]);
  const two = [...usage, usageUnknown('t2', 0, 'has ended: powered off')];
  expect(usageRows(two, 'name')[1]?.slice(0, 2)).toEqual(['t1', 'a']);
  expect(two.map(machineLine)).toEqual([
    't1  up 1 s  cpu 0.0 % of 2 processors  memory 300 of 1000 MiB',
    't2  has ended: powered off',
  ]);
});

test('the screen draws in place, crops to the window, and restores the terminal', async () => {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => modes.push(raw) });
  const stdout = Object.assign(new PassThrough(), { rows: 2, columns: 6 });
  const [env, cwd, signal] = [{}, '/', new AbortController().signal];
  const keys: string[] = [];
  {
    using screen = new Screen({ stdin, stdout, stderr: stdout, env, cwd, signal }, (key) => keys.push(key));
    screen.draw(['1234567', 'two', 'three']);
    stdin.write('mq');
    stdout.columns = 4;
    stdout.emit('resize');
  }
  expect(modes).toEqual([true, false]);
  expect(keys).toEqual(['m', 'q']);
  stdout.end();
  expect(Buffer.concat(await stdout.toArray()).toString()).toBe(
    [
      '\x1b[?1049h\x1b[?25l',
      '\x1b[H12345\x1b[K\r\ntwo\x1b[K\x1b[J',
      '\x1b[H123\x1b[K\r\ntwo\x1b[K\x1b[J',
      '\x1b[?25h\x1b[?1049l',
    ].join(''),
  );
  expect(stdin.listenerCount('data') + stdout.listenerCount('resize')).toBe(0);
});
