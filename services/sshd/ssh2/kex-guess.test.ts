import { once } from 'node:events';
import ssh2, { type Client } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { expect, test } from 'vitest';
import { field } from '../encoding.ts';
import { sendAtOnce } from '../testing/packets.ts';
import { MemoryServer } from '../testing/server.ts';

/** SSH_MSG_KEX_ECDH_INIT of another key exchange than the one that is agreed. */
const wrongGuess = [30, field(Buffer.alloc(97, 4))] as const;

/**
 * Lets ssh2's client say in each KEXINIT that a guess follows. Its own first packet follows anyway, which
 * makes a right guess; before that it sends a wrong one if there is one.
 */
function guess(ssh: Client, wrong: readonly [number, Buffer] | undefined): void {
  const { _protocol: protocol } = ssh as Client & { readonly _protocol: Protocol };
  let kexinit: Buffer | undefined;
  Object.defineProperty(protocol, '_kexinit', {
    get: () => kexinit,
    set(payload: Buffer | undefined) {
      kexinit = payload;
      if (!payload) return;
      payload[payload.length - 5] = 1;
      if (wrong) queueMicrotask(() => sendAtOnce(ssh, ...wrong));
    },
  });
}

test.each([
  ['right', 'curve25519-sha256,ecdh-sha2-nistp384', 'ssh-ed25519', undefined],
  ['wrong, of a key exchange that the server prefers less', 'ecdh-sha2-nistp384', 'ssh-ed25519', wrongGuess],
  ['wrong, of one that it does not know', 'ecdh-sha2-nistp521,curve25519-sha256', 'ssh-ed25519', wrongGuess],
  ['wrong in the host key alone', 'curve25519-sha256', 'ecdsa-sha2-nistp256,ssh-ed25519', wrongGuess],
])('a guess that is %s', async (_what, kex, serverHostKey, wrong) => {
  using server = await MemoryServer.start();
  const ends = server.connect();
  const ssh: Client = new ssh2.Client();
  ssh.on('error', () => {});
  const algorithms = { kex: kex.split(','), serverHostKey: serverHostKey.split(',') };
  ssh.connect({ sock: ends.client, username: 'root', privateKey: server.privateKey, algorithms } as never);
  guess(ssh, wrong);
  await Promise.race([once(ssh, 'ready'), once(ends.server, 'close')]);
  expect(server.lines).toMatchObject([{ action: 'login', result: 'allowed' }]);
  // Also in later key exchanges, with and without a guess.
  const { _protocol: protocol } = ssh as never as { _protocol: Protocol & { rekey(): void } };
  for (let times = 0; times < 2; times += 1) {
    protocol.rekey();
    await once(ssh, 'handshake');
  }
  ssh.end();
});
