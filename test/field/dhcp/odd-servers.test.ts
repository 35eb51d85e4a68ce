import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../../build/tools/tree.ts';
import { NetworkWorld } from '../../network/world.ts';
import { needsRoot } from '../../support/needs.ts';
import { testTools } from '../../support/tools.ts';

describe('DHCP servers that depart from RFC 2131', needsRoot('network namespaces'), () => {
  let world: NetworkWorld;
  let tools: Tools;
  beforeAll(async () => {
    tools = await testTools();
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
  });
  afterEach(() => world.end());

  const serve = (how: string): Promise<void> =>
    world.node('server', [], 'test/field/dhcp/odd-server.ts', ['srv', how]).prints(/serving/);

  test.each([
    ['no-lease-time', 'no lease time: 3600 s are taken'],
    ['no-server', 'no server identifier: 10.0.2.2, which sent it, is taken'],
    ['no-server-in-ack', 'no server identifier: 10.0.2.2, which sent it, is taken'],
    ['other-server-in-ack', '10.0.2.9 acknowledged what 10.0.2.2 was asked for'],
  ])('%s: a lease, and a line that says what was assumed', async (how, line) => {
    await serve(how);
    const client = world.dhcp('--once');
    expect(await client.status()).toBe(0);
    const [said, leased] = client.output.split('\n');
    expect(said).toBe(`eth0: ${line}`);
    expect(leased).toMatch(/^eth0: leased 10\.0\.2\.15\/8 from 10\.0\.2\.\d for 3600 s$/);
  });

  test.each([
    ['link-local', '10.0.2.2 offered 169.254.7.7, which is not taken: link-local'],
    ['no-message-type', '10.0.2.2 sent a reply that is not taken: no message type'],
  ])('%s: no lease, and the reason in the log and in the error', async (how, line) => {
    await serve(how);
    const client = world.dhcp('--once', '--timeout', '2');
    expect(await client.status()).toBe(1);
    expect(client.output).toBe(`eth0: ${line}\nerror: Cannot lease an address within 2 s: eth0: ${line}\n`);
  });
});
