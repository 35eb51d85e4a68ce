import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../build/tools/tree.ts';
import type { NetworkProgram } from '../network/world.ts';
import { Authority } from '../support/certificates.ts';
import { needsRoot } from '../support/needs.ts';
import { diskTools, testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { addresses, TimeWorld } from './time-world.ts';
import { chronyTools } from './tools.ts';

const [first = '', second = '', third = ''] = addresses;

describe('NTS', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let chrony: Tools;
  let openssl: Tools;
  let world: TimeWorld;
  let authority: Authority;
  beforeAll(async () => {
    [tools, chrony, openssl] = await Promise.all([testTools(), chronyTools(), diskTools()]);
  }, 300_000);
  beforeEach(async () => {
    world = await TimeWorld.make(tools, chrony);
    authority = await Authority.make(openssl, world.network.folder);
    const names = ['DNS:time.test', ...addresses.slice(1).map((address) => `IP:${address}`)];
    await authority.sign('good', names.join());
  });
  afterEach(() => world.end());

  const nts = (...hosts: readonly string[]): string[] => [
    ...hosts.flatMap((host) => ['--nts', host]),
    ...['--nts-ca', world.file('ca.pem')],
  ];
  const chronyd = (address: string): Promise<NetworkProgram> =>
    world.chronyd(
      address,
      `ntsservercert ${world.file('good.pem')}`,
      `ntsserverkey ${world.file('good.key')}`,
      `ntsdumpdir ${world.network.folder}`,
    );
  const bad = (...kinds: readonly string[]): Promise<NetworkProgram> =>
    world.bad(
      'bad-nts-server',
      ...kinds.map((word) => {
        const [address, kind, name = 'good'] = word.split('=');
        return `${address}=${kind}=${world.file(name)}`;
      }),
    );

  test('follows real servers by name and by address, and has a cookie for every request', async () => {
    writeFileSync(world.file('hosts'), `${first} time.test\n`);
    await world.network.shell('client', `mount --bind ${world.file('hosts')} /etc/hosts`);
    await Promise.all([chronyd(first), chronyd(second)]);
    const program = world.client(-3600, ...nts('time.test', second));
    await program.prints(/offset \+3(?:599\.9|600\.0)\d+ s, 2 of 2 servers: stepped/);
    await until('the ready file', () => world.isReady());
    await until('more answers than cookies', () =>
      world.status().servers.every(({ reach }) => reach === 255),
    );
    expect(world.status().servers).toMatchObject([{ protocol: 'nts' }, { protocol: 'nts' }]);
    expect(program.output).not.toContain('no keys');
  });

  test('agrees anew with a server that has lost its keys', async () => {
    const before = await chronyd(first);
    writeFileSync(world.file('hosts'), `${first} time.test\n`);
    await world.network.shell('client', `mount --bind ${world.file('hosts')} /etc/hosts`);
    const program = world.client(2, ...nts('time.test'));
    await program.prints(/1 of 1 servers: stepped/);
    await before.stop();
    rmSync(world.file('ntskeys'), { force: true });
    await chronyd(first);
    await program.prints(/time\.test \(10\.1\.0\.1\): it does not know our keys/);
    await until('answers again', () => world.status().servers.some(({ reach }) => (reach & 1) === 1));
  });

  test('a server that does not prove who it is counts for nothing, and is never asked without', async () => {
    await (await Authority.make(openssl, world.network.folder, 'other')).sign('strange', `IP:${third}`);
    await authority.sign('expired', 'IP:10.1.0.4', { expired: true });
    const reasons = {
      [`${third}=right=strange`]: /no keys by NTS: unable to (?:verify|get local issuer)/,
      '10.1.0.4=right=expired':
        /no keys by NTS: certificate has expired \(the clock of this machine says \S+; if that is wrong, so is this/,
      '10.1.0.1=right': /no keys by NTS: .* does not match/,
      '10.1.0.5=no-alpn': /no keys by NTS: it does not speak NTS-KE/,
      '10.1.0.6=stripped': /it does not prove who it is \(NTS\)|it answers no request of ours/,
      '10.1.0.7=forged-deny': /it does not prove who it is \(NTS\)/,
      '10.1.0.8=tls12': /no keys by NTS: tlsv1 alert protocol version$/m,
      '10.1.0.9=mute': /no keys by NTS: no answer within 5 s/,
    };
    // At the last of them nobody listens at all, but for plain NTP.
    const [all, plain] = await Promise.all([
      bad(...Object.keys(reasons), `${second}=forged-nak`),
      world.bad('bad-server', '10.1.0.11=right'),
    ]);
    const hosts = [...Object.keys(reasons).map((word) => word.split('=')[0] ?? ''), '10.1.0.11'];
    const program = world.client(2, ...nts(...hosts, second));
    await program.prints(/synchronised with 10\.1\.0\.2 .* 1 of 10 servers: stepped/);
    for (const [word, reason] of Object.entries({
      ...reasons,
      '10.1.0.11': /ECONNREFUSED|connection refused/,
    })) {
      const own = program.output.split('\n').filter((line) => line.includes(`${word.split('=')[0]}: `));
      expect(own.join('\n')).toMatch(reason);
    }
    expect(plain.output).not.toContain('asked');
    expect(all.output).not.toContain('asked without a proof');
  });

  test('alone, such a server leaves the clock as it is: nobody else is asked', async () => {
    await Promise.all([bad(`${second}=stripped`), world.bad('bad-server', `${third}=right`)]);
    const program = world.client(5, ...nts(second), '--fallback', third);
    await program.prints(/it does not prove who it is|it answers no request of ours/);
    await program.prints(/error 5\.0\d\d s/, 10);
    expect(world.isReady()).toBe(false);
    expect(program.output).not.toMatch(/stepped|fallback/);
  });
});
