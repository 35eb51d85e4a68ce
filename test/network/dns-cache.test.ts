import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { formatResolvConf, writeInPlace } from '../../lib/net/resolv-conf.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { type NetworkProgram, NetworkWorld } from './world.ts';

/** The program of pkg/dns-cache with its settings, against a name server that lists what it is asked. */
describe('the cache of names', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let world: NetworkWorld;
  beforeAll(async () => {
    tools = await testTools();
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    for (const command of ['link set lo up', 'link set eth0 up', 'addr add 10.0.2.15/24 dev eth0'])
      await world.ip('client', command);
  });
  afterEach(() => world.end());

  /** A real server with a zone of its own, whose answers count for so many seconds. */
  async function nameServer(ttl: number): Promise<NetworkProgram> {
    const server = world.tool('server', tools, 'dnsmasq', [
      ...['--no-daemon', '--conf-file=/dev/null', '--user=root', '--pid-file', '--no-hosts', '--no-resolv'],
      ...['--log-queries', '--bind-interfaces', '--interface=srv', '--auth-server=ns.test,srv'],
      ...['--auth-zone=test', `--auth-ttl=${ttl}`, '--host-record=web.test,10.0.2.7'],
    ]);
    await server.prints(/started, version/);
    return server;
  }

  async function cache(...servers: readonly string[]): Promise<void> {
    resolveBy(...servers);
    const own = readFileSync(join(kitRoot, 'pkg/dns-cache/files/etc/dnsmasq.conf'), 'utf8');
    const file = join(world.folder, 'dnsmasq.conf');
    const settings = own.replace('/run/resolvconf/resolv.conf', world.resolvConf).replace(/^conf-dir.*/m, '');
    writeFileSync(file, settings);
    const program = world.tool('client', tools, 'dnsmasq', [
      ...['--keep-in-foreground', `--conf-file=${file}`, '--user=root'],
    ]);
    await program.prints(/started, version \S+ cachesize 1000/);
  }

  /** As pkg/dhcp writes it, with the cache itself in the first place. */
  const resolveBy = (...servers: readonly string[]): void =>
    writeInPlace(
      world.resolvConf,
      formatResolvConf([
        { servers: ['127.0.0.1'], search: [] },
        { servers, search: [] },
      ]),
    );

  async function ask(...names: readonly string[]): Promise<unknown[]> {
    const program = world.node('client', [], 'test/network/ask-names.ts', names);
    expect(await program.status()).toBe(0);
    return program.output.match(/^["[].*$/gm)?.map((line) => JSON.parse(line)) ?? [];
  }

  const asked = (server: NetworkProgram, name: string): number =>
    server.output.match(new RegExp(`\\[A\\] ${name.replace('.', '\\.')} from`, 'g'))?.length ?? 0;

  test('a name is asked for once while it counts, also one that does not exist', async () => {
    const server = await nameServer(3600);
    await cache('10.0.2.2');
    const [first, second, third, ...missing] = await ask(
      ...['web.test', 'web.test', 'web.test', 'no.test', 'no.test'],
    );
    expect(first).toEqual([{ address: '10.0.2.7', ttl: 3600 }]);
    for (const again of [second, third])
      expect(again).toEqual([{ address: '10.0.2.7', ttl: expect.toSatisfy((ttl) => ttl <= 3600) }]);
    expect(missing).toEqual(['ENOTFOUND', 'ENOTFOUND']);
    expect([asked(server, 'web.test'), asked(server, 'no.test')]).toEqual([1, 1]);
  });

  test('what counts no more is asked for again', async () => {
    const server = await nameServer(1);
    await cache('10.0.2.2');
    await until('the end of an answer', async () => {
      await ask('web.test', 'no.test');
      return asked(server, 'web.test') > 1 && asked(server, 'no.test') > 1;
    });
  });

  test('new name servers in /etc/resolv.conf count at once, and nobody else can ask it', async () => {
    const server = await nameServer(3600);
    await cache();
    expect(await ask('web.test')).toEqual(['EREFUSED']);
    resolveBy('10.0.2.2');
    await until('an answer', async () => Array.isArray((await ask('web.test'))[0]));
    expect(asked(server, 'web.test')).toBe(1);
    const sockets = await world.shell(
      'client',
      'cat /proc/net/udp /proc/net/tcp /proc/net/udp6 /proc/net/tcp6',
    );
    // Its port is 53, 0x35.
    const listening = [...sockets.matchAll(/^ *\d+: ([\dA-F]+):0035 /gm)].map(([, address]) => address);
    expect(listening).toEqual(['0100007F', '0100007F']);
  });
});
