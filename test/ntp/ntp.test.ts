import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../build/tools/tree.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { addresses, servers, TimeWorld } from './time-world.ts';
import { chronyTools } from './tools.ts';

const [first = '', second = '', third = ''] = addresses;

describe('NTP', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let chrony: Tools;
  let world: TimeWorld;
  beforeAll(async () => {
    [tools, chrony] = await Promise.all([testTools(), chronyTools()]);
  }, 300_000);
  beforeEach(async () => {
    world = await TimeWorld.make(tools, chrony);
  });
  afterEach(() => world.end());

  const bad = (...kinds: readonly string[]) => world.bad('bad-server', ...kinds);

  test('steps once to the time of real servers, and is ready then', async () => {
    await Promise.all([world.chronyd(first), world.chronyd(second), world.chronyd(third)]);
    const program = world.client(-3600, ...servers(first, second, third));
    await program.prints(
      /with 10\.1\.0\.\d \(stratum 2\), offset \+3(?:599\.9|600\.0)\d+ s, 3 of 3 servers: stepped/,
    );
    await until('the ready file', () => world.isReady());
    await program.prints(/error -?0\.0\d\d s/, 2);
    expect(world.status()).toMatchObject({
      state: 'synchronised',
      wasRight: true,
      stratum: 3,
      from: 'the arguments',
    });
    expect(program.output.match(/stepped/g)).toHaveLength(1);
  });

  test('a false server among real ones is not believed', async () => {
    await Promise.all([world.chronyd(first), world.chronyd(second), bad(`${third}=right=5`)]);
    const program = world.client(1, ...servers(first, second, third));
    await program.prints(/not believed, since the majority says otherwise: 10\.1\.0\.3/);
    await program.prints(/offset -(?:1\.0|0\.9)\d+ s, 2 of 3 servers: stepped/);
  });

  test('without a majority the clock is left alone', async () => {
    await bad(`${first}=right=5`, `${second}=right=-5`);
    const program = world.client(0, ...servers(first, second));
    await program.prints(/no majority agrees on the time \(10\.1\.0\.1, 10\.1\.0\.2\)/);
    await program.prints(/error -?0\.0\d\d s/, 2);
    expect(world.isReady()).toBe(false);
    expect(world.status().state).toBe('disagreement');
  });

  test('servers that are of no use are named, and the other one is followed', async () => {
    const reasons = {
      unsynchronised: 'it is not synchronised itself',
      'bad-stratum': 'it is not synchronised itself',
      'no-time': 'it gives no time',
      'far-away': 'it is 40.0 s from its own reference',
      'wrong-origin': 'it answers no request of ours',
      echo: "mode 3 is not a server's",
      tiny: '20 bytes are no packet',
      huge: 'bytes are too many',
      deny: 'it refuses to serve this machine (DENY), and is not asked again',
      rate: 'it is asked too often (RATE); now every',
    };
    const kinds = Object.entries(reasons).map(([kind, reason], at) => {
      return { kind, reason, address: addresses[at + 1] ?? '' };
    });
    await Promise.all([world.chronyd(first), bad(...kinds.map(({ kind, address }) => `${address}=${kind}`))]);
    const program = world.client(2, ...servers(...addresses));
    await program.prints(/synchronised with 10\.1\.0\.1 .* 1 of 11 servers: stepped/);
    for (const { address, reason } of kinds)
      expect(
        program.output
          .split('\n')
          .filter((line) => line.includes(`${address}: `))
          .join(),
      ).toContain(reason);
  });

  test('what others send who do not know the request changes nothing', async () => {
    const server = await bad(`${first}=spoofed`, `${second}=forged-deny`);
    const program = world.client(2, ...servers(first, second));
    await program.prints(/2 of 2 servers: stepped/);
    expect(program.output).not.toContain('DENY');
    // Nothing but a random number.
    expect(server.output).toMatch(/asked: 23000020(?:00){36}\n/);
  });

  test('a running clock is slewed, and left alone beyond the panic limit', async () => {
    const before = await bad(`${first}=right`);
    const program = world.client(0, ...servers(first), '--panic', '100');
    await program.prints(/synchronised with 10\.1\.0\.1/);
    await before.stop();
    const later = await bad(`${first}=right=0.3`);
    await program.prints(/slews the clock towards 10\.1\.0\.1 .* offset \+0\.[23]/);
    await until('no ready file', () => !world.isReady());
    expect(program.output).not.toContain('stepped');
    await program.prints(/error 0\.(?:2[5-9]|3[0-4])\d s/);
    await later.stop();
    await bad(`${first}=right=500`);
    await program.prints(/error: refuses 10\.1\.0\.1 .*: more than the 100 s that --panic allows/);
    // The line comes before the file.
    await until('the state in the file', () => world.status().state === 'refused');
  });

  test('after the machine stood still, the clock is stepped again', async () => {
    await world.chronyd(first);
    const program = world.client(0, ...servers(first));
    await program.prints(/synchronised/);
    program.child.stdin?.write('lose 3000\n');
    await program.prints(/the machine stood still for (?:2999|300\d) s: asks all servers again/);
    await program.prints(/offset \+(?:2999|300\d)\.\d+ s, 1 of 1 servers: stepped/);
  });

  test('servers of a lease, and of metadata before them', async () => {
    await Promise.all([world.chronyd(first), world.chronyd(second)]);
    mkdirSync(world.file('ntp'));
    writeFileSync(world.file('ntp/eth0'), `${first}\nnon sense\n`);
    const program = world.client(2);
    await program.prints(/asks the servers of DHCP: 10\.1\.0\.1\n/);
    await program.prints(/synchronised with 10\.1\.0\.1/);
    writeFileSync(world.file('servers'), `# ours\n${second}\nnot a server\n`);
    await program.prints(/not taken as servers: not a server/);
    await program.prints(/asks the servers of ".*servers": 10\.1\.0\.2\n/);
    await program.prints(/synchronised with 10\.1\.0\.2/);
  });

  test('the clock of the hypervisor is enough, and one voice among servers', async () => {
    const alone = world.client('-3600,0');
    await alone.prints(/asks the servers of this machine: KVM virtual PTP\n/);
    await alone.prints(
      /with KVM virtual PTP \(\/dev\/ptp0\) \(stratum 0\), offset \+3600\.0\d+ s, 1 of 1 servers: stepped/,
    );
    await alone.prints(/error -?0\.0\d\d s/, 2);
    expect(world.status()).toMatchObject({
      stratum: 1,
      servers: [{ address: '/dev/ptp0', state: 'followed' }],
    });
    await alone.stop();
    await Promise.all([world.chronyd(first), world.chronyd(second)]);
    // Beside its state of before, which says that the clock was right.
    rmSync(world.file('status.json'));
    const outvoted = world.client('0,30', ...servers(first, second));
    await outvoted.prints(/not believed, since the majority says otherwise: KVM virtual PTP \(\/dev\/ptp0\)/);
    await outvoted.prints(/2 of 3 servers/);
    await outvoted.stop();
    rmSync(world.file('status.json'));
    const off = world.client('2,30', ...servers(first), '--ptp', 'off');
    await off.prints(/1 of 1 servers: stepped/);
  });

  test('what was learnt is kept over restarts', async () => {
    await world.chronyd(first);
    const state = world.file('state.json');
    // A day ahead of the clock: this machine ran then.
    writeFileSync(state, JSON.stringify({ time: new Date(Date.now() + 86_400_000), frequency: 12.5 }));
    const early = world.client(0, ...servers(first), '--state', state);
    await early.prints(/the clock said .*; it begins at /);
    // The server is now the one that says what cannot be.
    await early.prints(/its time is earlier than this machine can be/);
    await early.stop();
    writeFileSync(state, '{"frequency": 12.5}');
    const program = world.client(2, ...servers(first), '--state', state);
    await program.prints(/stepped/);
    expect(await program.stop()).toBe(0);
    expect(JSON.parse(readFileSync(state, 'utf8'))).toEqual({ time: expect.any(String), frequency: 12.5 });
    const again = world.client(0, ...servers(first), '--state', state);
    await again.prints(/synchronised/);
    expect(again.output).not.toContain('stepped');
  });
});
