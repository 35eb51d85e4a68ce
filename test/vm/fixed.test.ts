import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { boot } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

test('fixed addresses are kept, volumes have their content, and probes make services ready', async () => {
  const manifest = join(kitRoot, 'test/vm/fixed.yml');
  await using machine = await boot(manifest, { allowFailed: true });
  const host = async (script: string): Promise<string> => {
    const { status, stdout, stderr } = await kit(
      'exec',
      machine.name,
      '--host',
      '/usr/bin/busybox',
      'sh',
      '-c',
      script,
    );
    return status === 0 ? stdout : `${stdout}${stderr}`;
  };
  const seen = await host(`
    ip -4 addr show eth0; ip -6 addr show eth0; ip addr show lan; ip route; cat /run/resolvconf/resolv.conf
    cd /containers/volumes; cat seed/merged/seed.txt; ls layout/merged; cat /sys/class/net/eth0/ifalias`);
  const why = await machine.describe(seen);
  for (const text of [
    'inet 10.0.2.20/24',
    'inet6 fd00:0:0:2::20/64',
    'lan@eth0',
    'inet 10.7.0.1/24',
    'inet 10.7.0.2/24',
    'default via 10.0.2.2 dev eth0',
    'search example.org\nnameserver 10.0.2.3\n',
    'seed of a volume',
    'blobs\nindex.json\noci-layout\n',
    'kit: fixed',
  ]) {
    expect(seen, why).toContain(text);
  }
  expect(seen, 'the DHCP client has left it alone').not.toContain('10.0.2.15');

  const links = await host(`
    cd /sys/class/net; cat bond0/bonding/mode bond0/bonding/primary bond0/bonding/slaves bond0/bonding/miimon
    ls br0/brif; cat br0/bridge/stp_state; ip rule; ip route show table 1000; ls -d bond*
    for try in 1 2 3 4 5 6 7 8 9 10; do [ "$(cat wg1/statistics/rx_bytes)" = 0 ] || break; sleep 1; done
    [ "$(cat wg1/statistics/rx_bytes)" = 0 ] || echo the tunnel works`);
  for (const text of [
    'active-backup 1\nport2\nport1 port2\n50\nbond0\n0\n',
    'from 10.8.0.0/24 lookup 1000',
    '10.80.0.0/16 via 10.8.0.254 dev br0',
    '\nbond0\n',
    'the tunnel works',
  ]) {
    expect(links, await machine.describe(links)).toContain(text);
  }
  expect(await machine.console(), 'no key is shown').not.toMatch(/IPUgkCLc|qC\/YMU87|AAECAwQF/);

  const program = `
    const { readFileSync, writeFileSync, readdirSync } = require('node:fs');
    const write = (path) => {
      try { writeFileSync(path, 'x'); return 'written' } catch (error) { return error.code }
    };
    console.log(JSON.stringify({
      seed: readFileSync('/seed/seed.txt', 'utf8'), fixed: readFileSync('/fixed/seed.txt', 'utf8'),
      writes: ['/seed/new', '/fixed/new', '/layout/new', '/blank/new'].map(write),
      layout: readdirSync('/layout').sort(),
    }))`;
  const { stdout } = await kit('exec', machine.name, 'web', '/usr/bin/node', '-e', program);
  expect(JSON.parse(stdout)).toEqual({
    seed: 'seed of a volume\n',
    fixed: 'seed of a volume\n',
    writes: ['written', 'EROFS', 'EROFS', 'written'],
    layout: ['blobs', 'index.json', 'oci-layout'],
  });
  expect(
    await host('cd /containers/volumes; (echo x >fixed/merged/y) 2>&1; ls seed/tmp/upper blank/merged fixed'),
  ).toBe(
    "sh: can't create fixed/merged/y: Read-only file system\n" +
      'blank/merged:\nnew\n\nfixed:\nlower\nmerged\nvolume.json\n\nseed/tmp/upper:\nnew\n',
  );

  const row = await machine.status();
  expect(row.services.map(({ name, state }) => [name, state]).sort()).toEqual([
    ['dhcp', 'ready'],
    ['fails', 'failed'],
    // With status 0.
    ['ip', 'stopped'],
    ['late', 'ready'],
    ['web', 'ready'],
    ['wg', 'stopped'],
  ]);
  expect(await machine.console()).toMatch(/kit: volumes \d+ ms: blank, fixed, layout, seed\r?\n/);
});
