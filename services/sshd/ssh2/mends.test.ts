import { setImmediate } from 'node:timers/promises';
import type { Client } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { expect, test } from 'vitest';
import { field, u32 } from '../encoding.ts';
import { messages, send } from '../testing/packets.ts';
import { MemoryServer } from '../testing/server.ts';
import { lineOf, makeSigner } from '../testing/signers.ts';
import { handlePayloads } from './payloads.ts';
import { readModes } from './terminal-request.ts';

/** Records the payloads of messages that the client gets with one of these numbers. */
function record(ssh: Client, ...types: readonly number[]): Buffer[] {
  const got: Buffer[] = [];
  const take = (payload: Buffer): boolean => got.push(Buffer.from(payload)) > 0;
  handlePayloads(ssh as never, new Map(types.map((type) => [type, take])));
  // The cipher has the handler of before.
  const { _protocol: protocol } = ssh as never as { _protocol: Protocol & { _decipher: object } };
  Object.assign(protocol._decipher, { _onPayload: protocol._onPayload });
  return got;
}

async function until<T>(values: readonly T[], count: number): Promise<readonly T[]> {
  while (values.length < count) await setImmediate();
  return values;
}

test('a message that nobody knows is answered as such, and a ping by a pong', async () => {
  using server = await MemoryServer.start();
  const { ssh } = await server.client();
  const got = record(ssh, 3, 193);
  send(ssh, 199, field('x'));
  send(ssh, 192, field('are you there'));
  const [unknown, pong] = await until(got, 2);
  expect(unknown).toHaveLength(5);
  expect(pong).toEqual(Buffer.concat([Buffer.of(193), field('are you there')]));
});

test.each(['gssapi-with-mic', 'hostbased', 'password', ''])(
  'after the method "%s" the client may go on',
  async (method) => {
    using server = await MemoryServer.start();
    const { ssh } = await server.client('handshake');
    const got = record(ssh, 51);
    for (let times = 0; times < 3; times += 1)
      send(ssh, ...messages.userauth('root', method, Buffer.alloc(20)));
    const [failure] = await until(got, 3);
    expect(failure).toEqual(Buffer.concat([Buffer.of(51), field('publickey'), Buffer.of(0)]));
  },
);

test('an offer is answered with the algorithm that it had', async () => {
  const signer = makeSigner('ssh-rsa');
  using server = await MemoryServer.start({}, `${lineOf(signer)}\n`);
  const { ssh } = await server.client('handshake');
  const got = record(ssh, 51, 60);
  const offer = [field('rsa-sha2-256'), field(signer.blob)];
  send(ssh, ...messages.userauth('root', 'publickey', Buffer.of(0), ...offer));
  const [answer] = await until(got, 1);
  expect(answer).toEqual(Buffer.concat([Buffer.of(60), ...offer]));
});

test('a signature that was made for another server does not count', async () => {
  using server = await MemoryServer.start();
  const { ssh } = await server.client('handshake');
  const got = record(ssh, 51, 60);
  const offer = [Buffer.of(0), field('ssh-ed25519'), field(makeSigner('ssh-ed25519').blob)];
  send(ssh, ...messages.userauth('root', 'publickey-hostbound-v00@openssh.com', ...offer, field('other')));
  const [answer] = await until(got, 1);
  expect(answer?.[0]).toBe(51);
});

test('requests about a running program are answered in order, also after the end of input', async () => {
  using server = await MemoryServer.start();
  const { ssh, got } = await server.client();
  send(ssh, ...messages.open('session', 0));
  send(ssh, ...messages.request(0, 'subsystem', field('sftp')));
  send(ssh, ...messages.request(0, 'winadj@putty.projects.tartarus.org'));
  send(ssh, ...messages.request(0, 'break', u32(500)));
  send(ssh, ...messages.request(0, 'window-change', u32(80), u32(24), u32(0), u32(0)));
  send(ssh, ...messages.request(0, 'signal', field('INT')));
  send(ssh, ...messages.request(0, 'exec', field('id')));
  const answers = () => got.filter((name) => /^CHANNEL_(SUCCESS|FAILURE)$/.test(name));
  while (answers().length < 6) await setImmediate();
  expect(answers().map((name) => name.at(8))).toEqual(['S', 'F', 'F', 'S', 'S', 'F']);
});

test('modes of a terminal: flags, characters, the end, and what is unknown', () => {
  const mode = (opcode: number, value: number): Buffer => Buffer.concat([Buffer.of(opcode), u32(value)]);
  const known = [mode(3, 127), mode(53, 0), mode(42, 1), mode(128, 9600)];
  const expected = { VERASE: 127, ECHO: 0, IUTF8: 1, TTY_OP_ISPEED: 9600 };
  expect(readModes(Buffer.concat([...known, mode(99, 7), Buffer.of(0), mode(50, 1)]))).toEqual(expected);
  expect(readModes(Buffer.concat([...known, mode(200, 7), mode(50, 1)]))).toEqual(expected);
  expect(readModes(Buffer.concat([...known, Buffer.of(50, 0)]))).toEqual(expected);
  expect(readModes(Buffer.alloc(0))).toEqual({});
});
