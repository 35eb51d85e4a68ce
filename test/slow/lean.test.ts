import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { kit, type Result, run } from '../support/run-kit.ts';
import { SshClient, sshIdentity } from '../support/ssh.ts';

/** examples/lean.yml: pkg/kernel-virt and pkg/containerd-slim are built from source, for minutes. */
const manifest = 'examples/lean.yml';
const buildMs = 5_400_000;
const patientKit = (...words: readonly string[]): Promise<Result> =>
  run(join(kitRoot, 'kit'), words, { timeoutMs: buildMs });
let folder: Awaited<ReturnType<typeof scratch>>;
let machine: TestMachine;
let client: SshClient;

beforeAll(async () => {
  const built = await patientKit('pkg', 'build', 'pkg/containerd-slim', 'pkg/kernel-virt');
  expect(built.status, built.stderr).toBe(0);
  folder = await scratch();
  const [port, { key, userData }] = await Promise.all([freePort(), sshIdentity(folder.dir)]);
  client = new SshClient(port, key);
  machine = await boot(manifest, { publish: [`${port}:22`], metadataFile: userData, timeoutMs: 900_000 });
}, buildMs);

afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test('all services are ready, and the user of the metadata logs in', async () => {
  const { services } = await machine.status();
  const running = services.filter(({ section }) => section === 'services');
  expect(running.map(({ name, state }) => [name, state])).toEqual([
    ['dhcp', 'ready'],
    ['sshd', 'ready'],
  ]);
  expect(await client.ssh('cat', '/proc/version')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('-kit-virt'),
  });
});

/** Shell words that are the pid of the daemon: its program is that of the shims, too. */
const daemon = pidsOf('=');
const shims = pidsOf('!=');

function pidsOf(comparison: '=' | '!='): string {
  const command = "$(tr '\\0' ' ' </proc/$pid/cmdline)";
  return `$(for pid in $(pidof containerd); do [ "${command}" ${comparison} "/usr/bin/containerd " ] && echo $pid; done)`;
}

const pids = async (): Promise<number[]> =>
  (await machine.status()).services.filter(({ section }) => section === 'services').map(({ pid }) => pid);

test('services run on when containerd is killed, and the next one adopts them', async () => {
  expect(await machine.exec('sh', ['-c', 'exit 7'], { service: 'sshd' })).toMatchObject({ status: 7 });
  const before = await pids();
  const killed = await shell(machine, `echo ${daemon}; kill -9 ${daemon}`);
  expect(Number(killed)).toBeGreaterThan(1);
  await expect
    .poll(() => shell(machine, `echo ${daemon}`), { timeout: 120_000 })
    .toSatisfy((pid) => Number(pid) > 1 && pid !== killed);
  expect(await machine.exec('sh', ['-c', 'exit 7'], { service: 'sshd' })).toMatchObject({ status: 7 });
  expect(await pids()).toEqual(before);
  await machine.restart('sshd');
  expect(await client.ssh('true')).toMatchObject({ status: 0 });
  expect((await pids())[0]).toBe(before[0]);
});

test('both services have one shim, and start again when it is killed', async () => {
  const before = await shell(machine, `echo ${shims}`);
  expect(before).toMatch(/^\d+\n$/);
  await shell(machine, `kill -9 ${shims}`);
  await expect
    .poll(async () => (await machine.status()).services.map(({ lastExit }) => lastExit), { timeout: 120_000 })
    .toEqual(['exit status 0', ...Array(2).fill('killed because its shim had ended')]);
  await expect
    .poll(async () => (await machine.status()).services.map(({ state }) => state), { timeout: 120_000 })
    .toEqual(['stopped', 'ready', 'ready']);
  expect(await client.ssh('true')).toMatchObject({ status: 0 });
});

test('the kernel has what the Kernel Self Protection Project recommends, or kit says why not', async () => {
  const { stdout, stderr } = await kit('lint', '--kernel', manifest);
  expect(stdout.match(/^missing: .*/gm), stderr).toBeNull();
});

test('every promise of containment holds', async () => {
  const { status, stdout, stderr } = await patientKit('audit', '--production', manifest);
  expect(status, `${stdout}${stderr}`).toBe(0);
}, 1_800_000);

test.each(['pkg/containerd-slim', 'pkg/kernel-virt'])(
  'two builds of %s in two folders give the same bytes',
  async (name) => {
    const { status, stderr } = await patientKit('pkg', 'build', '--check', name);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('gave the same bytes');
  },
  buildMs,
);
