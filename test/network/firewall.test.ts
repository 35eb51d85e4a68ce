import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { NetworkWorld } from './world.ts';

const [own4, own6] = ['10.9.0.1', 'fd09::1'];

describe('the firewall', { timeout: 300_000, ...needsRoot('network namespaces') }, () => {
  let world: NetworkWorld;

  beforeEach(async () => {
    world = await NetworkWorld.make(await testTools());
    await world.cable('eth0', 'srv', [`${own4}/24`]);
    await world.ip('server', `addr add ${own6}/64 dev srv nodad`);
    await world.ip('client', 'addr add 10.9.0.2/24 dev eth0');
    await world.ip('client', 'addr add fd09::2/64 dev eth0 nodad');
    await world.ip('client', 'link set eth0 up');
  }, 120_000);
  afterEach(() => world.end());

  async function answers(open: string, side: 'client' | 'server' = 'client'): Promise<string[]> {
    const service = world.node('server', [], 'test/network/firewalled.ts', ['serve', open]);
    await service.prints(/ready/);
    const asker = world.node(side, [], 'test/network/firewalled.ts', ['ask', own4, own6]);
    await asker.status();
    return (JSON.parse(asker.output) as string[]).sort();
  }

  const everything = [own4, own6].flatMap((host) =>
    ['80/tcp', '80/udp', '81/tcp', '81/udp'].map((p) => `${host} ${p}`),
  );

  test('without it every port answers from outside', async () => {
    expect(await answers('none')).toEqual(everything.sort());
  });

  test('only open ports answer from outside, over IPv4 and IPv6', async () => {
    const open = JSON.stringify([
      { protocol: 'tcp', first: 80, last: 80 },
      { protocol: 'udp', first: 81, last: 90 },
    ]);
    expect(await answers(open)).toEqual(
      [own4, own6].flatMap((host) => [`${host} 80/tcp`, `${host} 81/udp`]).sort(),
    );
  });

  test('nothing answers from outside if nothing is open', async () => {
    expect(await answers('[]')).toEqual([]);
  });

  test('within the machine every port answers', async () => {
    expect(await answers('[]', 'server')).toEqual(everything.sort());
  });

  test('answers to what the machine asks come in', async () => {
    // The other side serves; the machine behind the firewall asks.
    const service = world.node('client', [], 'test/network/firewalled.ts', ['serve', 'none']);
    await service.prints(/ready/);
    const guarded = world.node('server', [], 'test/network/firewalled.ts', ['serve', '[]']);
    await guarded.prints(/ready/);
    const asker = world.node('server', [], 'test/network/firewalled.ts', ['ask', '10.9.0.2', 'fd09::2']);
    await asker.status();
    expect(JSON.parse(asker.output)).toHaveLength(8);
  });
});
