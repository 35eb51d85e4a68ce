import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
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

test('commands run in services; one that is killed is started again, also when containerd was', async () => {
  expect(await machine.exec('sh', ['-c', 'exit 7'], { service: 'sshd' })).toMatchObject({ status: 7 });
  await machine.exec('sh', ['-c', 'kill -9 $(pidof containerd)']);
  await expect
    .poll(async () => (await machine.exec('sh', ['-c', 'pidof containerd'])).status, { timeout: 120_000 })
    .toBe(0);
  await machine.restart('sshd');
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
