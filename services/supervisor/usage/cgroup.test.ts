import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cgroupPathOf, readCgroup } from './cgroup.ts';

const root = mkdtempSync(join(tmpdir(), 'kit-cgroup-'));
afterAll(() => rmSync(root, { recursive: true }));

/** In the kernel's format. */
const files = {
  'memory.current': '68157440\n',
  'memory.stat': 'anon 60000000\nfile 8000000\ninactive_file 4096000\nactive_file 3904000\n',
  'memory.max': '67108864\n',
  'memory.events': 'low 0\nhigh 0\nmax 214\noom 3\noom_kill 2\noom_group_kill 0\n',
  'cpu.stat': 'usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\n',
  'pids.current': '12\n',
  'pids.max': 'max\n',
  'pids.events': 'max 5\n',
};

test('reads usage, limits and how often they were hit', () => {
  mkdirSync(join(root, 'svc/web'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'svc/web', name), text);
  expect(readCgroup('/svc/web', root)).toEqual({
    memory: 68157440,
    inactiveFile: 4096000,
    memoryLimit: 67108864,
    oomKills: 2,
    cpuUsec: 1234567,
    processes: 12,
    processLimit: null,
    forksRefused: 5,
  });
});

test.each([undefined, 'relative', '/svc/gone'])('a cgroup at %s has zero counters', (path) => {
  expect(readCgroup(path, root)).toEqual({
    memory: 0,
    inactiveFile: 0,
    memoryLimit: null,
    oomKills: 0,
    cpuUsec: 0,
    processes: 0,
    processLimit: null,
    forksRefused: 0,
  });
});

test('a process that does not exist has no cgroup', () => {
  expect(cgroupPathOf(0)).toBeUndefined();
});
