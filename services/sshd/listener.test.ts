import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { describe, expect, test } from 'vitest';
import { limits } from './arguments.ts';
import { field, u32, u64 } from './encoding.ts';
import { signatureAlgorithms } from './keys/algorithms.ts';
import { packet, requestTypes } from './sftp/packet.ts';
import { type Message, messages, send } from './testing/packets.ts';
import { MemoryServer } from './testing/server.ts';
import type { wire } from './testing/wire.ts';

type Ends = ReturnType<typeof wire>;

const closed = async ({ server }: Pick<Ends, 'server'>): Promise<void> => {
  if (!server.closed) await once(server, 'close');
};

/** A length that is no packet's, after which ssh2 went on to collect as many bytes. */
const badLength = Buffer.from('70000000', 'hex');

describe('before the login', () => {
  test.each([
    ['garbage', randomBytes(1000)],
    ['a version and a bad packet length', Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), badLength])],
    ['a version and garbage', Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), randomBytes(1000)])],
    ['a version line without an end', Buffer.alloc(10_000, 'S')],
    ['a version line that is none', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['lines before the version', Buffer.from('hello\r\nSSH-2.0-x\r\n')],
    ['a version line with a single return', Buffer.from('SSH-2.0-x\rx\n')],
  ])('the connection ends at the first error: %s', async (_what, bytes) => {
    using server = await MemoryServer.start();
    const ends = server.connect();
    ends.client.resume().write(bytes);
    await closed(ends);
    expect(ends.server.bytesRead).toBeLessThanOrEqual(bytes.length);
  });

  test('the rest of a packet of a bad length is not collected, before and after the key exchange', async () => {
    using server = await MemoryServer.start();
    for (const ends of [server.connect(), await server.client('handshake')]) {
      const plain = !('ssh' in ends);
      ends.client.resume();
      if (plain) ends.client.write('SSH-2.0-x\r\n');
      ends.client.write(Buffer.concat([badLength, Buffer.alloc(28)]));
      for (let sent = 0; sent < 100 && !ends.client.destroyed; sent += 1) {
        await new Promise((resolve) => ends.client.write(Buffer.alloc(1 << 20), resolve));
      }
      await closed(ends);
      expect(ends.server.listenerCount('data')).toBe(0);
      expect(ends.server.bytesRead).toBeLessThan(4 << 20);
    }
  });

  test('the connection ends after 256 KiB', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client('handshake');
    for (let sent = 0; sent < 10; sent += 1) send(ssh, ...messages.ignore(30_000));
    await closed(ends);
    expect(server.lines).toMatchObject([{ fields: { reason: 'too many bytes before the login' } }]);
  });

  test('the connection ends after a thousand packets', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client('handshake');
    for (let sent = 0; sent < 1100; sent += 1) send(ssh, ...messages.ignore(0));
    await closed(ends);
    expect(server.lines).toMatchObject([{ fields: { reason: 'too many packets before the login' } }]);
  });

  test('the connection ends after 64 requests, also without a key', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client('handshake');
    for (let sent = 0; sent <= limits.loginRequests; sent += 1)
      send(ssh, ...messages.userauth('root', 'none'));
    await closed(ends);
    expect(server.lines).toMatchObject([{ fields: { reason: 'too many requests before the login' } }]);
  });

  test.each<[string, ...Buffer[]]>([
    ['keyboard-interactive', field(''), field(','.repeat(30_000))],
    ['password', Buffer.of(0), field('x'.repeat(30_000))],
    ['publickey', Buffer.of(0), field('x'.repeat(15_000)), field('y'.repeat(15_000))],
  ])('huge strings for the method %s are refused like others', async (method: string, ...more: Buffer[]) => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client('handshake');
    for (let sent = 0; sent < limits.loginTries; sent += 1)
      send(ssh, ...messages.userauth('root', method, ...more));
    await closed(ends);
    expect(server.lines.at(-1)).toMatchObject({ result: 'refused' });
  });

  test.each<readonly [string, Message]>([
    ['a program', messages.request(0, 'exec', field('id'))],
    ['a channel', messages.open('session', 0)],
    ['a listener', messages.global('tcpip-forward', field(''), u32(0))],
  ])('a client that asks for %s is disconnected', async (_what, message) => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client('handshake');
    send(ssh, ...message);
    await closed(ends);
    expect(server.lines).toMatchObject([{ result: 'refused', fields: { reason: /before the login/ } }]);
  });
});

describe('after the login', () => {
  /** A session that reads nothing: it waits for room for its first reply, and the window is 0. */
  async function stalled(server: MemoryServer) {
    const ends = await server.client();
    send(ends.ssh, ...messages.open('session', 0, 32_768, 0));
    send(ends.ssh, ...messages.request(0, 'subsystem', field('sftp')));
    send(ends.ssh, ...messages.data(0, Buffer.from('000000050100000003', 'hex')));
    await answered(ends, 'CHANNEL_SUCCESS', 1);
    return ends;
  }

  const answered = async (
    { got }: { got: readonly string[] },
    name: string,
    times: number,
  ): Promise<void> => {
    while (got.filter((message) => message === name).length < times) await setImmediate();
  };

  const reasons = ({ lines }: MemoryServer): unknown[] =>
    lines.filter(({ result }) => result === 'refused').map(({ fields }) => fields.reason);

  test('data beyond the window ends the connection', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await stalled(server);
    for (let sent = 0; sent < 200; sent += 1) send(ssh, ...messages.data(0, Buffer.alloc(30_000)));
    await closed(ends);
    expect(reasons(server)).toEqual(['more data than the window allows']);
  });

  test('thousands of single bytes that nobody reads end the connection', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await stalled(server);
    for (let sent = 0; sent < 25_000; sent += 1) send(ssh, ...messages.data(0, Buffer.alloc(1)));
    await closed(ends);
    expect(reasons(server)).toEqual(['too many small pieces of data']);
  });

  test('a window over 4 GiB ends the connection', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await stalled(server);
    send(ssh, ...messages.adjust(0, 0xffffffff));
    send(ssh, ...messages.adjust(0, 0xffffffff));
    await closed(ends);
    expect(reasons(server)).toEqual(['a window over 4 GiB']);
  });

  test('channels that want packets of 0 bytes are refused', async () => {
    using server = await MemoryServer.start();
    const ends = await server.client();
    for (const size of [0, 1, 1023]) send(ends.ssh, ...messages.open('session', size, size));
    send(ends.ssh, ...messages.open('session', 2000, 1024));
    await answered(ends, 'CHANNEL_OPEN_CONFIRMATION', 1);
    expect(ends.got).toEqual([...Array(3).fill('CHANNEL_OPEN_FAILURE'), 'CHANNEL_OPEN_CONFIRMATION']);
  });

  test('a flood of channels gets as many as there may be, and other types none', async () => {
    using server = await MemoryServer.start();
    const ends = await server.client();
    for (let id = 0; id < 200; id += 1) send(ends.ssh, ...messages.open('session', id));
    for (const type of ['x11', 'direct-streamlocal@openssh.com', 'tun@openssh.com'])
      send(ends.ssh, ...messages.open(type, 300, 32_768, 0, field('/run/kit/control.sock'), u32(0), u32(0)));
    await answered(ends, 'CHANNEL_OPEN_FAILURE', 200 - limits.sessions + 3);
    await answered(ends, 'CHANNEL_OPEN_CONFIRMATION', limits.sessions);
  });

  test('sessions that are opened and closed are forgotten', async () => {
    using server = await MemoryServer.start();
    const ends = await server.client();
    for (let id = 0; id < 500; id += 1) {
      send(ends.ssh, ...messages.open('session', id));
      send(ends.ssh, ...messages.close(id));
    }
    await answered(ends, 'CHANNEL_CLOSE', 500);
    expect(ends.got.filter((name) => name === 'CHANNEL_OPEN_CONFIRMATION')).toHaveLength(500);
  });

  test.each<readonly [string, Message, string]>([
    ['forward to', messages.open('direct-tcpip', 0, 32_768, 0, ...target(99_999)), 'CHANNEL_OPEN_FAILURE'],
    ['listener on', messages.global('tcpip-forward', field(''), u32(99_999)), 'REQUEST_FAILURE'],
  ])(
    'a %s a port that there is not is refused, and the connection goes on',
    async (_what, message, reply) => {
      using server = await MemoryServer.start();
      const ends = await server.client();
      for (let sent = 0; sent < 100; sent += 1) send(ends.ssh, ...message);
      await answered(ends, reply, 100);
    },
  );

  test('a client that does not read the replies to its requests is not read either', async () => {
    using server = await MemoryServer.start();
    const { ssh, server: socket, client } = await server.client();
    client.pause();
    let most = 0;
    // Until there are too many, and then some more.
    for (let [more, sent] = [10_000, 0]; more > 0; ) {
      send(ssh, ...messages.global('x'));
      if (most > 1 << 20) more -= 1;
      if (sent++ % 1000 === 0) await setImmediate();
      most = Math.max(most, socket.writableLength);
    }
    expect(most).toBeLessThan(1.5 * (1 << 20));
  });

  test('replies do not pile up while the client does not finish a key exchange', async () => {
    using server = await MemoryServer.start();
    const { ssh, client, ...ends } = await server.client();
    const bytes = 255 << 10;
    writeFileSync(join(server.dir, 'large'), Buffer.alloc(bytes));
    send(ssh, ...messages.open('session', 0, 32_768, 0xffffffff));
    send(ssh, ...messages.request(0, 'subsystem', field('sftp')));
    await answered(ends, 'CHANNEL_SUCCESS', 1);
    const open = packet(requestTypes.open, u32(1), field('large'), u32(1), u32(0));
    const read = packet(requestTypes.read, u32(2), field(u32(1)), u64(0), u32(bytes));
    send(ssh, ...messages.data(0, Buffer.concat([open, ...Array<Buffer>(500).fill(read)])));
    protocolOf(ssh).rekey();
    await setImmediate();
    // The answer to the server's KEXINIT gets lost.
    client.write = () => true;
    const before = process.memoryUsage().arrayBuffers;
    for (let turn = 0; turn < 100; turn += 1) await setTimeout(5);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 << 20);
  });

  test('the connection ends after sixty key exchanges in a minute', async () => {
    using server = await MemoryServer.start();
    const { ssh, ...ends } = await server.client();
    while (!ends.server.destroyed) {
      const done = Promise.race([once(ssh, 'handshake'), closed(ends)]);
      protocolOf(ssh).rekey();
      await done;
      await setImmediate();
    }
    expect(reasons(server)).toEqual(['too many key exchanges']);
  });

  test('a key exchange after every 600 KiB is no flood', async () => {
    using server = await MemoryServer.start();
    const { ssh } = await server.client();
    for (let times = 0; times < 70; times += 1) {
      for (let sent = 0; sent < 20; sent += 1) send(ssh, ...messages.ignore(30_000));
      protocolOf(ssh).rekey();
      await once(ssh, 'handshake');
      await setImmediate();
    }
    expect(reasons(server)).toEqual([]);
  });

  test('a session takes a few variables and no more', async () => {
    using server = await MemoryServer.start();
    const ends = await server.client();
    send(ends.ssh, ...messages.open('session', 0));
    for (let count = 0; count < 100; count += 1) {
      const letters = String.fromCharCode(65 + (count % 26), 65 + Math.floor(count / 26));
      send(ends.ssh, ...messages.request(0, 'env', field(`LC_${letters}`), field('x')));
    }
    send(ends.ssh, ...messages.request(0, 'env', field(`LC_${'A'.repeat(30_000)}`), field('x')));
    await answered(ends, 'CHANNEL_FAILURE', 101 - limits.variables);
    await answered(ends, 'CHANNEL_SUCCESS', limits.variables);
  });

  test('a key with a command of its own sends no signals; agents, X11 and STOP are for nobody', async () => {
    for (const [options, name, answer] of [
      ['command="x"', 'KILL', 'CHANNEL_FAILURE'],
      ['', 'STOP', 'CHANNEL_FAILURE'],
      ['', 'KILL', 'CHANNEL_SUCCESS'],
    ] as const) {
      using server = await MemoryServer.start({}, options);
      const ends = await server.client();
      send(ends.ssh, ...messages.open('session', 0));
      send(ends.ssh, ...messages.request(0, 'signal', field(name)));
      await answered(ends, answer, 1);
      send(ends.ssh, ...messages.request(0, 'auth-agent-req@openssh.com'));
      send(ends.ssh, ...messages.request(0, 'x11-req', Buffer.of(0), field('a'), field('b'), u32(0)));
      await answered(ends, 'CHANNEL_FAILURE', answer === 'CHANNEL_FAILURE' ? 3 : 2);
    }
  });
});

describe('what is offered', () => {
  test('the list of signature algorithms is well-formed and has no SHA-1 and no DSA', async () => {
    using server = await MemoryServer.start();
    const ends = server.connect();
    const offered = new Promise<readonly string[]>((resolve) => {
      const ssh = new ssh2.Client();
      ssh.on('error', () => {});
      ssh.connect({ sock: ends.client, username: 'root', authHandler: () => {} } as never);
      const { _protocol: protocol } = ssh as never as { _protocol: Protocol };
      protocol._handlers.EXT_INFO = ((_: Protocol, [{ algs }]: [{ algs: string[] }]) =>
        resolve(algs)) as never;
    });
    expect(await offered).toEqual([...signatureAlgorithms]);
  });

  test.each([
    ['compress', 'zlib'],
    ['compress', 'zlib@openssh.com'],
    ['serverHostKey', 'ssh-rsa'],
    ['serverHostKey', 'ssh-dss'],
    ['kex', 'diffie-hellman-group1-sha1'],
    ['cipher', '3des-cbc'],
    ['hmac', 'hmac-md5'],
  ])('a client that has only %s %s is refused', async (kind, name) => {
    using server = await MemoryServer.start();
    const ends = server.connect();
    const ssh = new ssh2.Client();
    ssh.on('error', () => {});
    const algorithms = { cipher: ['aes128-ctr'], [kind]: [name] };
    ssh.connect({ sock: ends.client, username: 'root', algorithms } as never);
    await closed(ends);
    expect(server.lines[0]?.fields.reason).toMatch(/no matching/);
  });
});

const protocolOf = (ssh: ssh2.Client) =>
  (ssh as never as { _protocol: Protocol & { rekey(): void } })._protocol;

function target(port: number): Buffer[] {
  return [field('192.0.2.9'), u32(port), field('192.0.2.1'), u32(1)];
}
