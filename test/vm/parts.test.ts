import { afterAll, beforeAll, expect, test } from 'vitest';
import { boot, shell, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { helloArm64 } from './hello-arm64.ts';

/** One boot of parts.yml. */
let machine: TestMachine;

beforeAll(async () => {
  machine = await boot('test/vm/parts.yml', { disks: ['size=128M,serial=docker'], allowFailed: true });
}, 600_000);

afterAll(() => machine?.[Symbol.asyncDispose]());

const values = (...names: readonly string[]) =>
  shell(machine, `cat ${names.map((name) => `/proc/sys/${name}`).join(' ')}`);

test('pkg/sysctl makes the settings, and names those that are wrong or refused by file and line', async () => {
  const found = await values('vm/max_map_count', 'net/core/somaxconn', 'kernel/kptr_restrict');
  const console = (await machine.console()).replaceAll('\r', '');
  expect(found, await machine.describe(found)).toBe('262144\n2048\n2\n');
  expect(console).toMatch(/^sysctl: .*made 12 of 12 settings in \/etc\/sysctl\.d$/m);
  expect(console).toMatch(
    /a\.conf:2:1: Cannot set "kernel\/yama\/ptrace_scope" to "2": operation not permitted/i,
  );
  expect(console).toMatch(/it needs CAP_SYS_PTRACE/);
  expect(console).toMatch(
    /a\.conf:3:1: Cannot set "net\/ipv4\/no_such" to "1": this kernel has no such setting/,
  );
  expect(console).toMatch(/a\.conf:5:1: .*it is not NAME = VALUE/);
  expect(console).not.toContain('no_such_either');
  expect(console).toMatch(/onboot mine failed/);
  expect(console).not.toMatch(/onboot (?:sysctl|sysfs|modprobe|binfmt) failed/);
});

test('pkg/sysfs writes to /sys', async () => {
  expect(await shell(machine, 'cat /sys/kernel/mm/transparent_hugepage/enabled')).toMatch(/\[madvise\]/);
});

test('pkg/modprobe loads modules at onboot, and none when they are locked', async () => {
  const modules = await shell(machine, 'cut -d " " -f 1 /proc/modules');
  expect(modules.split('\n')).toEqual(expect.arrayContaining(['nbd', 'dummy']));
  await machine.until(
    'locked',
    () => values('kernel/modules_disabled'),
    (text) => text === '1\n',
  );
  const late = await kit('exec', machine.name, 'late', 'modprobe', 'vxlan');
  expect(late.status, late.stdout).not.toBe(0);
  expect(late.stderr).toMatch(/Operation not permitted\n.*modules are locked until the next boot/);
});

test('pkg/binfmt: a program for arm64 runs, in a container that has no interpreter', async () => {
  const program = helloArm64().toString('base64');
  const run = `echo ${program} | base64 -d >/hello && chmod +x /hello && /hello`;
  const said = await kit('exec', machine.name, 'late', 'sh', '-c', run);
  expect(said, await machine.describe(said.stderr)).toMatchObject({ status: 7, stdout: 'hello\n' });
  expect(await shell(machine, 'ls /run/binfmt_misc')).toMatch(/^qemu-riscv64$/m);
});

test('pkg/trim-after-delete runs fstrim when an engine has deleted an image', async () => {
  // As Docker answers: its headers at once, then a line for each event.
  const engine = `require("http").createServer((request, response) => {
    response.writeHead(200, {"Content-Type": "application/json"});
    response.write('{"Type":"image","Action":"delete"}\\n');
  }).listen("/run/docker.sock")`;
  const script = `setsid /usr/bin/node -e '${engine.replaceAll("'", `'\\''`)}' </dev/null >/dev/null 2>&1 &`;
  expect(await shell(machine, script)).toBe('');
  const logs = await machine.until(
    'trimmed',
    async () => (await kit('logs', machine.name, 'trim-after-delete')).stdout,
    (text) => /an image was deleted|ended with/.test(text),
  );
  expect(logs).toMatch(/an image was deleted: \/sbin\/fstrim -v \/var\/lib\/docker: .*\d+ bytes/);
});

test('the kernel has its random numbers before the first container starts, also from the hypervisor: no rngd', async () => {
  // The first container mounts the disk.
  const log = await shell(machine, 'dmesg');
  const timeOf = (line: RegExp): number => Number(line.exec(log)?.[1] ?? Number.NaN);
  expect(timeOf(/\[ *([\d.]+)\] random: crng init done/)).toBeLessThan(
    timeOf(/\[ *([\d.]+)\] EXT4-fs \(vda\): mounted/),
  );
  expect(await shell(machine, 'cat /sys/class/misc/hw_random/rng_current')).toBe('virtio_rng.0\n');
});

test('pkg/poweroff turns the machine off, in order', async () => {
  await shell(machine, 'touch /run/go/now');
  await machine.until(
    'off',
    async () => (await machine.status()).state,
    (state) => state === 'stopped',
  );
  expect(await machine.console()).toContain('kit: poweroff, requested by SIGUSR2');
});
