import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectConfig } from 'ssh2';
import Client from 'ssh2/lib/client.js';
import { unknownKey } from './foreign-key.ts';
import { withGuestPort } from './guest-port.ts';
import type { OutsideAttack, World } from './world.ts';

const sshPort = 22;
/** A server under emulation takes seconds for its part of the key exchange. */
const readyMs = 30_000;

type Login = Pick<ConnectConfig, 'username' | 'password' | 'privateKey'>;

/** Without any proof, with passwords that people try, with a key that nobody has authorised. */
export const loginWithoutKey: OutsideAttack = (world) => {
  const { privateKey } = unknownKey();
  const logins: readonly (readonly [what: string, login: Login])[] = [
    ['without proof', { username: 'root' }],
    ['with an empty password', { username: 'root', password: '' }],
    ['with the password "root"', { username: 'root', password: 'root' }],
    ['with an unknown key', { username: 'root', privateKey }],
  ];
  return tryLogins(world, logins);
};

/** With the key that a data volume of the attacker's brought. */
export const loginWithForeignKey: OutsideAttack = (world) =>
  tryLogins(world, [
    ['with the key of a foreign volume', { username: 'root', privateKey: world.foreignKey }],
  ]);

async function tryLogins(
  world: World,
  logins: readonly (readonly [what: string, login: Login])[],
): Promise<string | undefined> {
  return withGuestPort(world, sshPort, async (open) => {
    if (!(await isSsh(await open()))) return undefined;
    const reached: string[] = [];
    for (const [what, login] of logins)
      if (await logsIn(await open(), login)) reached.push(`logged in ${what}`);
    return reached.join(', ') || undefined;
  });
}

/** A server of SSH speaks first (RFC 4253, 4.2). @throws an error about a port that keeps silent */
async function isSsh(socket: Socket): Promise<boolean> {
  socket.on('error', () => {});
  try {
    const first = once(socket, 'data').then(([bytes]) => String(bytes));
    // A port that nobody listens at resets the connection.
    const closed = once(socket, 'close').then(
      () => '',
      () => '',
    );
    // Without `ref`: the audit must not end only when the time is over.
    const late = pause(readyMs, '', { ref: false }).then(() => {
      throw new Error(`port ${sshPort} is open, and says nothing within ${readyMs / 1000} s`);
    });
    const said = await Promise.race([first.catch(() => ''), closed, late]);
    return said.startsWith('SSH-2.0-');
  } finally {
    socket.destroy();
  }
}

async function logsIn(sock: Socket, login: Login): Promise<boolean> {
  const client = new Client();
  const done = Promise.withResolvers<boolean>();
  client.on('ready', () => done.resolve(true));
  client.on('error', (error: Error & { level?: string }) => {
    // Neither let in nor turned away: nothing is known.
    if (error.level === 'client-timeout') done.reject(error);
    else done.resolve(false);
  });
  client.on('close', () => done.resolve(false));
  client.connect({ sock, readyTimeout: readyMs, tryKeyboard: false, ...login });
  try {
    return await done.promise;
  } finally {
    client.end();
    sock.destroy();
  }
}
