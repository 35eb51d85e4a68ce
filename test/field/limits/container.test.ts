import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { bootMachine, type TestMachine } from '../../../build/api/test.ts';
import { needsContainers } from '../../support/containers.ts';

const show = (file: string, pattern: string): string[] => ['/usr/bin/busybox', 'grep', pattern, file];
const pwd = ['/usr/bin/busybox', 'pwd'];

/** Fields that crun, runc or the kernel refuse as they are written, and a line of the output. */
const entries: Readonly<Record<string, readonly [fields: object, line: RegExp]>> = {
  core: [
    { command: show('/proc/self/limits', 'core'), rlimits: ['core,0,unlimited'] },
    /^Max core.* 0 +unlimited/,
  ],
  files: [
    { command: show('/proc/self/limits', 'open files'), rlimits: ['nofile,1024,unlimited'] },
    // As much as the container may have: 1048576 in a machine.
    /^Max open files +1024 +\d{4,7} /,
  ],
  cwd: [{ command: pwd, cwd: '/not/there' }, /^\/not\/there$/],
  'cwd-readonly': [{ command: pwd, cwd: '/not/there', readonly: true, uid: 1000 }, /^\/not\/there$/],
  'cwd-tmpfs': [{ command: pwd, cwd: '/new/sub', tmpfs: ['/new'], readonly: true }, /^\/new\/sub$/],
  'cwd-detour': [{ command: pwd, cwd: '//usr/../srv/.' }, /^\/srv$/],
  bind: [
    {
      command: show('/m/os-release', 'x-bound'),
      mounts: [{ type: 'bind', source: '/etc/own', destination: 'm', options: ['ro', 'z'] }],
    },
    /^x-bound$/,
  ],
  nothing: [
    {
      command: ['/usr/bin/busybox', 'echo', 'started'],
      resources: {
        memory: { limit: 0, kernel: -1, kernelTCP: -1, disableOOMKiller: false },
        cpu: { shares: 1, quota: 0, realtimeRuntime: 0 },
        network: { classID: 0 },
      },
    },
    /^started$/,
  ],
  seccomp: [{ command: ['/usr/bin/busybox', 'echo', 'filtered'], seccomp: 'bits.json' }, /^filtered$/],
};

/** All 64 bits of an argument. */
const bits = {
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [
    {
      names: ['personality'],
      action: 'SCMP_ACT_ERRNO',
      args: [{ index: 0, value: 'ALL', op: 'SCMP_CMP_EQ' }],
    },
  ],
};

const runtimes = ['crun', 'runc'] as const;

describe('values that the runtimes refuse as they are written', {
  timeout: 300_000,
  ...needsContainers,
}, () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-limits-'));
  let machine: TestMachine;

  beforeAll(async () => {
    writeFileSync(join(dir, 'bits.json'), JSON.stringify(bits).replace('"ALL"', '18446744073709551615'));
    const all = runtimes.flatMap((ociRuntime) =>
      Object.entries(entries).map(([name, [fields]]) => ({
        ...{ name: `${name}-${ociRuntime}`, image: 'pkg/busybox', ociRuntime, ...fields },
      })),
    );
    const manifest = {
      kernel: { image: 'pkg/kernel' },
      init: ['pkg/init', 'pkg/crun', 'pkg/runc', 'pkg/containerd', 'pkg/supervisor'],
      onboot: all.map((entry) => ({ ...entry, name: `b-${entry.name}` })),
      services: all.map((entry) => ({ ...entry, restart: 'no' })),
      files: [{ path: 'etc/own/os-release', contents: 'x-bound\n', mode: '0644' }],
    };
    writeFileSync(join(dir, 'limits.yml'), stringify(manifest));
    machine = await bootMachine('limits.yml', { backend: 'container', cwd: dir });
  }, 600_000);
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  const names = Object.entries(entries).flatMap(([name, [, line]]) =>
    runtimes.flatMap((runtime) =>
      ['', 'b-'].map((section) => [`${section}${name}-${runtime}`, line] as const),
    ),
  );
  test.each(names)('%s', async (name, line) => {
    expect(await machine.logs.waitFor(line, { service: name })).toMatchObject({ source: name });
  });
});
