import { afterAll, describe, expect, test } from 'vitest';
import { needsContainerUsers } from '../support/container-users.ts';
import { machineNamed, shell } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

describe('pkg/dns-cache', needsContainerUsers, () => {
  const machine = machineNamed(`test-${process.pid}-dns`);
  afterAll(async () => {
    await kit('rm', '--force', machine.name);
  });

  test('names are looked up in the cache first, which is nobody and has the port 53', async () => {
    const command = ['run', '--detach', '--name', machine.name, 'container', 'test/vm/dns-cache.yml'];
    const started = await kit(...command);
    expect(started.status, started.stderr).toBe(0);
    const seen = await shell(machine, 'cat /etc/resolv.conf; nslookup here.test');
    const why = await machine.describe(seen);
    expect(seen, why).toContain('nameserver 127.0.0.1\nnameserver 10.0.2.3\n');
    expect(seen, why).toContain('Address: 192.0.2.1\n');
    const { stdout } = await machine.exec('sh', [
      '-c',
      'grep -E "^(Uid|CapBnd)" /proc/$(pidof dnsmasq)/status',
    ]);
    expect(stdout).toBe('Uid:\t65534\t65534\t65534\t65534\nCapBnd:\t0000000000000400\n');
  });
});
