import { expect, test } from 'vitest';
import { boot } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

test('examples/minimal.yml is built for arm64 and boots in an emulated machine', async () => {
  await using machine = await boot('examples/minimal.yml', { arch: 'arm64', timeoutMs: 500_000 });
  const { services } = await machine.status();
  expect(services.map(({ name, state }) => [name, state])).toEqual([
    ['dhcp', 'ready'],
    ['getty', 'ready'],
  ]);

  const machineName = await kit('exec', machine.name, '--host', 'uname', '-m');
  expect(machineName, await machine.describe('uname')).toMatchObject({ status: 0, stdout: 'aarch64\n' });
  const file = await kit('exec', machine.name, '--host', '/usr/bin/node', '-p', 'process.arch');
  expect(file).toMatchObject({ status: 0, stdout: 'arm64\n' });
  const address = await kit('exec', machine.name, '--host', 'ip', '-4', '-o', 'addr', 'show', 'eth0');
  expect(address.stdout, 'DHCP through AF_PACKET').toContain('10.0.2.15/24');

  // The manifest has ttyS0, which this machine lacks.
  const console = await machine.console();
  expect(console).toContain('(ttyAMA0), Linux 6.');
  expect(console).not.toMatch(/failed|Cannot/);

  expect(await kit('stop', machine.name)).toMatchObject({ status: 0 });
  expect((await machine.status()).state).toBe('stopped');
  expect(await machine.console()).toContain('Power down');
}, 900_000);
