import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { openDhcpv6Socket } from './socket6.ts';

test("only what comes from the servers' port is heard", needsRoot('ports below 1024'), async () => {
  const heard: string[] = [];
  const client = await openDhcpv6Socket('lo', '::1', (payload) => heard.push(String(payload)));
  const [other, server] = [createSocket('udp6'), createSocket('udp6')];
  try {
    server.bind(547, '::1');
    await once(server, 'listening');
    const say = (from: typeof server, text: string) =>
      new Promise((resolve) => from.send(text, 546, '::1', resolve));
    await say(other, 'another program');
    await say(server, 'a server');
    await vi.waitFor(() => expect(heard).not.toEqual([]), { timeout: 90_000 });
    expect(heard).toEqual(['a server']);
  } finally {
    client.close();
    other.close();
    server.close();
  }
});
