import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tools } from '../../../build/tools/tree.ts';
import { openPty, spawnOnTerminal } from '../../../lib/linux/terminal/pty.ts';
import { certify, lineOf, makeSigner, type Signer } from '../../../services/sshd/testing/signers.ts';
import { SshServer } from '../../login/server.ts';
import { testTools } from '../../support/tools.ts';
import { until } from '../../support/until.ts';
import { Agent, type AgentKey } from './agent.ts';
import { type Result, runClient } from './run.ts';

/** kit's sshd with what people use of OpenSSH: certificates, FIDO keys, options of keys and of clients. */
const server = new SshServer();
let tools: Tools;
const at = (name: string): string => server.path(name);
const publicKey = (name: string): string => readFileSync(at(`${name}.pub`), 'utf8').trim();

beforeAll(async () => {
  tools = await testTools();
  await server.begin('--trusted-user-ca', at('machine-ca.pub'));
  await Promise.all(
    ['machine-ca', 'ca', 'other-ca'].map((name) => server.client.makeKey(name, '-t', 'ed25519')),
  );
}, 300_000);
afterAll(() => server[Symbol.asyncDispose]());

/** A new key with a certificate by ssh-keygen; ssh takes that along. */
async function certified(
  name: string,
  ca: string,
  type: string,
  ...options: readonly string[]
): Promise<string> {
  const key = await server.client.makeKey(name, '-t', type);
  const args = ['-q', '-s', at(ca), '-I', name, ...options, `${key}.pub`];
  expect(await runClient(tools, 'ssh-keygen', args, { cwd: server.dir })).toMatchObject({ status: 0 });
  return key;
}

describe('certificates of ssh-keygen', () => {
  beforeAll(() => server.authorise(`cert-authority,principals="ops,web" ${publicKey('ca')}`));

  test.each(['ed25519', 'ecdsa', 'rsa'])('a key of type %s, by the authority of a line', async (type) => {
    const key = await certified(`line-${type}`, 'ca', type, '-n', 'web,root', '-V', '-1d:+1d');
    const { status, stdout } = await server.client.ssh(['echo in; exit 3'], { key });
    expect([status, String(stdout)]).toEqual([3, 'in\n']);
    await server.logged(new RegExp(`login allowed .*"id":"line-${type}","serial":"0","authority":"SHA256:`));
  });

  test('by an authority that the machine trusts, with a command and without a terminal', async () => {
    const options = ['-n', 'root', '-O', 'force-command=echo forced', '-O', 'no-pty'];
    const key = await certified('machine', 'machine-ca', 'ed25519', ...options);
    expect(String((await server.client.ssh(['id'], { key })).stdout)).toBe('forced\n');
    expect((await server.client.ssh(['-tt', 'id'], { key })).stderr).toContain(
      'PTY allocation request failed',
    );
  });

  test.each<[string, string, readonly string[], RegExp]>([
    ['expired', 'ca', ['-n', 'web', '-V', '-2d:-1d'], /its certificate has expired/],
    ['of others', 'ca', ['-n', 'root'], /its certificate is not for ops or web/],
    ['of nobody', 'machine-ca', [], /its certificate is not for root/],
    [
      'of elsewhere',
      'ca',
      ['-n', 'web', '-O', 'source-address=192.0.2.0/24'],
      /not from where its certificate/,
    ],
    ['unknown', 'other-ca', ['-n', 'root'], /its authority is not known here/],
    ['strange', 'ca', ['-n', 'web', '-O', 'critical:x@kit=y'], /its critical option x@kit is not supported/],
  ])('is refused: %s', async (name, ca, options, reason) => {
    const key = await certified(`refused ${name}`, ca, 'ed25519', ...options);
    expect((await server.client.ssh(['true'], { key })).status).toBe(255);
    await server.logged(reason);
  });
});

describe('FIDO keys in an agent', () => {
  const shown = (signer: Signer, flags = 1, blob = signer.blob): AgentKey => ({
    blob,
    sign: (data) => signer.sign(data, flags),
  });

  async function logIn(...keys: readonly AgentKey[]): Promise<Result> {
    await using agent = await Agent.start(server.dir, 'agent', keys);
    // Of each option ssh takes the first value.
    const ways = ['IdentitiesOnly=no', `IdentityAgent="${agent.path}"`, 'IdentityFile=none'];
    const own = server.client
      .settings()
      .filter((word, index, all) => word !== '-i' && all[index - 1] !== '-i');
    const options = [...ways.flatMap((way) => ['-o', way]), ...own, '-p', `${server.client.port}`];
    // The agent is there until it has ended.
    return await runClient(tools, 'ssh', [...options, 'root@127.0.0.1', 'exit 3'], { cwd: server.dir });
  }

  test.each(['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'] as const)(
    '%s',
    async (type) => {
      const signer = makeSigner(type);
      expect(await logIn(shown(signer))).toMatchObject({ status: 255 });
      server.authorise(`${lineOf(signer)} of a device`);
      expect(await logIn(shown(signer))).toMatchObject({ status: 3 });
      expect(await logIn(shown(signer, 0))).toMatchObject({ status: 255 });
      await server.logged(new RegExp(`${type} SHA256:\\S+ \\(it was not touched\\)`));
    },
  );

  test('verify-required, and no-touch-required', async () => {
    const [verified, untouched] = [1, 2].map(() => makeSigner('sk-ssh-ed25519@openssh.com')) as [
      Signer,
      Signer,
    ];
    server.authorise(`verify-required ${lineOf(verified)}`);
    server.authorise(`no-touch-required ${lineOf(untouched)}`);
    expect(await logIn(shown(verified, 1))).toMatchObject({ status: 255 });
    expect(await logIn(shown(verified, 5))).toMatchObject({ status: 3 });
    expect(await logIn(shown(untouched, 0))).toMatchObject({ status: 3 });
  });

  test('a certificate of ssh-keygen for one, and one as the authority', async () => {
    const signer = makeSigner('sk-ecdsa-sha2-nistp256@openssh.com');
    writeFileSync(at('fido.pub'), `${lineOf(signer)} fido\n`);
    const args = ['-q', '-s', at('machine-ca'), '-I', 'fido', '-n', 'root', at('fido.pub')];
    expect(await runClient(tools, 'ssh-keygen', args, { cwd: server.dir })).toMatchObject({ status: 0 });
    const [, base64 = ''] = readFileSync(at('fido-cert.pub'), 'utf8').split(' ');
    expect(await logIn(shown(signer, 1, Buffer.from(base64, 'base64')))).toMatchObject({ status: 3 });

    const [subject, authority] = [makeSigner('ssh-ed25519'), makeSigner('sk-ssh-ed25519@openssh.com')];
    server.authorise(`cert-authority ${lineOf(authority)}`);
    expect(await logIn(shown(subject, 0, certify(subject, authority)))).toMatchObject({ status: 3 });
  });
});

describe('options of keys', () => {
  const withOptions = async (name: string, options: string): Promise<string> => {
    const key = await server.client.makeKey(name, '-t', 'ed25519');
    server.authorise(`${options} ${publicKey(name)}`);
    return key;
  };

  test('from, expiry-time, environment', async () => {
    const good = await withOptions(
      'good',
      'from="127.0.0.0/8",expiry-time="29990101Z",environment="OF_KEY=a b"',
    );
    expect(String((await server.client.ssh(['echo $OF_KEY'], { key: good })).stdout)).toBe('a b\n');
    const far = await withOptions('far', 'from="!127.0.0.1,*"');
    expect((await server.client.ssh(['true'], { key: far })).status).toBe(255);
    await server.logged(/not from where its option from allows/);
  });

  test('permitopen and permitlisten', async () => {
    const { port } = server.client;
    const key = await withOptions('some', `permitopen="127.0.0.1:${port}",permitlisten="localhost:1"`);
    expect(String((await server.client.ssh(['-W', `127.0.0.1:${port}`], { key })).stdout)).toMatch(
      /^SSH-2.0-/,
    );
    expect((await server.client.ssh(['-W', `localhost:${port}`], { key })).status).toBe(255);
    const listen = ['-o', 'ExitOnForwardFailure=yes', '-R', '0:127.0.0.1:9', 'true'];
    expect((await server.client.ssh(listen, { key })).status).toBe(255);
  });

  test('the command internal-sftp is sftp, and nothing else', async () => {
    await withOptions('files', 'restrict,command="internal-sftp"');
    const args = [
      ...server.client.settings(at('files')),
      '-P',
      `${server.client.port}`,
      '-S',
      await server.client.wrapper(),
    ];
    const { status, stdout } = await runClient(tools, 'sftp', [...args, '-b', '-', 'root@127.0.0.1'], {
      ...{ cwd: server.dir, input: 'ls authorized_keys\n' },
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining('\nauthorized_keys')]);
    expect((await server.client.ssh(['echo', 'no'], { key: at('files') })).stdout.includes('no')).toBe(false);
  });
});

describe('the client', () => {
  test('exchanges keys after every megabyte, and asks for compression and answers', async () => {
    const options = ['-C', '-o', 'RekeyLimit=1M', '-o', 'ServerAliveInterval=1'];
    const { status, stdout } = await server.client.ssh([...options, 'wc -c'], {
      input: Buffer.alloc(70 << 20),
    });
    expect([status, Number(String(stdout))]).toEqual([0, 70 << 20]);
  });

  test('brings the modes of its terminal', async () => {
    const pty = openPty({ rows: 24, columns: 80 }, { ECHO: false, VERASE: 8, IUTF8: true });
    const command = server.client.sshCommand('-tt', 'stty -a; echo end');
    const child = spawnOnTerminal(pty.path, { ...command, env: { ...command.env, TERM: 'vt100' }, cwd: '/' });
    let screen = '';
    pty.stream.on('error', () => {});
    pty.stream.on('data', (chunk) => {
      screen += chunk;
    });
    await until('the modes', () => screen.includes('end'));
    expect(screen).toMatch(/erase = \^H[\s\S]* iutf8[\s\S]* -echo /);
    child.kill();
  });
});
