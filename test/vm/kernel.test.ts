import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { machineNamed } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** One boot of kernel.yml. */
const machine = machineNamed(`test-${process.pid}-kernel`);

beforeAll(async () => {
  const manifest = join(kitRoot, 'test/vm/kernel.yml');
  const { status, stderr } = await kit('run', '--detach', '--name', machine.name, manifest);
  expect(status, await machine.describe(stderr)).toBe(0);
});
afterAll(() => machine[Symbol.asyncDispose]());

const host = async (script: string): Promise<string> => {
  const { stdout, stderr } = await kit('exec', machine.name, '--host', 'sh', '-c', script);
  return stdout + stderr;
};
const client = (script: string): Promise<unknown> => kit('exec', machine.name, 'client', 'sh', '-c', script);

test('the kernel protects itself, and a file of the image overrides what it says', async () => {
  expect(await host('cd /proc/sys; cat kernel/dmesg_restrict fs/protected_regular net/ipv4/ip_forward')).toBe(
    '1\n2\n1\n',
  );
  expect(await host('cat /proc/sys/kernel/kptr_restrict')).toBe('2\n');
  expect(await machine.console()).toMatch(
    /kit: sysctls \d+ ms: kernel\.kptr_restrict=2 by \/etc\/sysctl\.d\/50-test\.conf, not 1\r?$/m,
  );
});

test("a machine without the hardware for it has the kernel's own watchdog", async () => {
  expect(await machine.console()).toMatch(/kit: watchdog .*Software Watchdog, 300 s/);
});

test('with modules: locked the kernel loads no module after the boot, not even for root', async () => {
  await machine.until('locked', machine.console.bind(machine), (text) => text.includes('modules are locked'));
  expect(await host('cat /proc/sys/kernel/modules_disabled')).toBe('1\n');
  const load =
    'f=$(find /usr/lib/modules -name "dummy.ko*"); insmod $f; echo status $?; ls /sys/module/dummy';
  const said = await host(load);
  expect(said).toContain('status 1');
  expect(said).toMatch(/insmod: .*Operation not permitted/);
  expect(said).toMatch(/sys\/module\/dummy: No such file/);
});

test('a service names the machine by a file, and can do nothing else with it', async () => {
  const name = (): Promise<string> => host('cat /proc/sys/kernel/hostname');
  const first = await name();
  expect(first).toMatch(/^kit-525400123456\n$/);
  await client('echo stolen >/proc/sys/kernel/hostname; hostname stolen');
  await client('ln -s /etc/kit /run/dhcp/hostname');
  await client('rm /run/dhcp/hostname; mkfifo /run/dhcp/hostname');
  await client('rm /run/dhcp/hostname; echo "two words" >/run/dhcp/hostname');
  const refused = 'Cannot use the hostname in "/run/dhcp/hostname": not a host name';
  await machine.until('refusing', machine.console.bind(machine), (text) => text.includes(refused));
  expect(await name()).toBe(first);
  await client('echo leased-1 >/run/dhcp/hostname');
  await machine.until('the name', name, (text) => text === 'leased-1\n');
  // It has a name now, which a lease does not change.
  await client('echo leased-2 >/run/dhcp/hostname; sleep 2');
  expect(await name()).toBe('leased-1\n');
});
