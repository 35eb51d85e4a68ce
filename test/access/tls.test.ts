import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCommand } from '../../build/commands/run-command.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { runTool } from '../../build/tools/command.ts';
import { renderError } from '../../lib/errors/render.ts';
import { connectionServer } from '../../services/supervisor/access/connection-server.ts';
import { testSettings } from '../../services/supervisor/access/testing/settings.ts';
import { serveOverTls } from '../../services/supervisor/access/tls.ts';
import { Authority } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { diskTools } from '../support/tools.ts';
import { echoControl } from './echo-control.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-tls-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string): string => join(dir, name);
const soon = { timeout: 90_000 };
/** Lines on the machine's console. */
const lines: string[] = [];
const trail: string[] = [];
let port = 0;

/** The commands in docs/access.md that make certificates. */
function documented(): string[][] {
  const page = readFileSync(join(kitRoot, 'docs/access.md'), 'utf8');
  const [, block = ''] = /### Certificates.*?```sh\n(.*?)```/s.exec(page) ?? [];
  const commands = block.replaceAll('\\\n', ' ').split('\n');
  return commands.filter((line) => line !== '').map((line) => line.trim().split(/\s+/));
}

beforeAll(async () => {
  const tools = await diskTools();
  const { signal } = new AbortController();
  for (const [program = '', ...args] of documented()) {
    await runTool(tools, program, args, { signal, cwd: dir, env: { OPENSSL_CONF: '/dev/null' } });
  }
  const ca = Authority.of(tools, dir, 'ca');
  await ca.sign('nobody');
  await ca.sign('zoe', undefined, { subject: '/OU=staff/OU=debug/CN=zoe' });
  await ca.sign('revoked', undefined, { subject: '/OU=debug/CN=revoked' });
  await ca.revoke('revoked');
  await ca.sign('late', undefined, { subject: '/OU=debug/CN=late', expired: true });
  const other = await Authority.make(tools, dir, 'other');
  await other.revoke();
  writeFileSync(
    file('both.crl'),
    ['ca.crl', 'other.crl'].map((name) => readFileSync(file(name), 'utf8')).join(''),
  );
  await other.sign('stranger', undefined, { subject: '/OU=debug/CN=stranger' });
  for (const name of ['ann', 'nobody', 'zoe', 'late', 'revoked', 'stranger', 'vm1']) folderOf(name);
  folderOf('deceived', 'other', 'ann');
  port = await freePort();
  const machine = (name: string): string => file(`machine/${name}.pem`);
  const paths = {
    ca: machine('ca'),
    certificate: machine('cert'),
    key: machine('key'),
    crl: file('both.crl'),
  };
  const settings = testSettings(echoControl({ logs: 0, tunnels: 0 }), { lines, trail });
  mkdirSync(file('machine'));
  void serveOverTls(connectionServer(settings), settings, { host: '127.0.0.1', port, ...paths }, 50);
}, 300_000);

/** A folder for `--tls-dir`. */
function folderOf(name: string, ca = 'ca', certificate = name): void {
  mkdirSync(file(name));
  cpSync(file(`${ca}.pem`), file(`${name}/ca.pem`));
  cpSync(file(`${certificate}.pem`), file(`${name}/cert.pem`));
  cpSync(file(`${certificate}.key`), file(`${name}/key.pem`));
}

function machineTrusts(ca: string): void {
  machineGets(`${ca}.pem`, 'ca.pem');
  machineGets('vm1.pem', 'cert.pem');
  machineGets('vm1.key', 'key.pem');
}

/** By rename, as the machine may read the file at any moment. */
function machineGets(from: string, name: string): void {
  cpSync(file(from), file('coming'));
  renameSync(file('coming'), file(`machine/${name}`));
}

/** The output of a kit command, including its error. */
async function kit(...args: string[]): Promise<string> {
  let out = '';
  const stdout = new Writable({
    write(piece, _encoding, done) {
      out += piece;
      done();
    },
  });
  const env = { KIT_STATE: file('state'), HOME: dir };
  const { signal } = new AbortController();
  const context = { stdin: Readable.from([]), stdout, stderr: stdout, env, cwd: dir, signal };
  return runCommand(args, context).then(
    () => out,
    (thrown: unknown) => `${out}${renderError(thrown)}`,
  );
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

const add = (name: string, ...more: string[]): Promise<string> =>
  kit('remote', 'add', name, `localhost:${port}`, '--tls-dir', name, ...more);

test('nothing listens until the files exist; then a client with a certificate is accepted', async () => {
  expect(await add('ann')).toMatch(/^error: Cannot reach "localhost:\d+": .*ECONNREFUSED/);
  machineTrusts('ca');
  await vi.waitFor(async () => expect(await add('ann')).toBe(`ann is "vm1" at localhost:${port}\n`), soon);
  expect(await kit('ps')).toContain('ann  running  up 1');
  expect(JSON.parse(await kit('remote', 'ls', '--json'))).toEqual([
    { name: 'ann', address: `localhost:${port}`, tlsDir: file('ann') },
  ]);
});

test('the certificate has the role; without one it is read', async () => {
  const start = (name: string) => kit('start', name, 'web');
  expect(await start('ann')).toContain('Cannot start service "web" of machine "ann": no "web"');
  expect(await kit('exec', 'ann', 'web', 'ls')).toContain(
    'Cannot call Exec: it takes role debug, and this client has role operate',
  );
  expect(await add('nobody')).toContain('nobody is "vm1"');
  expect(await start('nobody')).toContain(
    'Cannot call StartService: it takes role operate, and this client has role read',
  );
  expect(await add('zoe')).toContain('zoe is "vm1"');
  expect(await kit('exec', 'zoe', 'web', 'ls')).not.toContain('role');
  expect(lines.at(-1)).toMatch(/^control: a client at .*127\.0\.0\.1 with the certificate of "nobody" /);
  expect(lines.at(-1)).toMatch(/"nobody" was refused\. Cannot call StartService/);
});

test.each([
  ['expired', 'late', 'CERT_HAS_EXPIRED', '; the clock of this machine says .*Z; .*'],
  ['revoked', 'revoked', 'CERT_REVOKED', ''],
  ['of another authority', 'stranger', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT', ''],
  ["a machine's own", 'vm1', 'INVALID_PURPOSE|unsuitable', ''],
])('a certificate that is %s is refused, and the console has the reason', async (_what, name, why, hint) => {
  expect(await add(name)).toMatch(
    new RegExp(`^error: Cannot reach "localhost:${port}": .*\n\\(hint: a machine that refuses a certificate`),
  );
  const logged = new RegExp(
    `^control: a client at .* did not get in: its certificate is not accepted \\((${why})\\)${hint}$`,
  );
  await vi.waitFor(() => expect(lines).toContainEqual(expect.stringMatching(logged)), soon);
});

test('no certificate, an old TLS version, another protocol and no TLS are refused', async () => {
  const ca = readFileSync(file('ca.pem'));
  const identity = { cert: readFileSync(file('ann.pem')), key: readFileSync(file('ann.key')) };
  const valid = { host: 'localhost', port, ca, ...identity, ALPNProtocols: ['h2'] };
  const { cert: _c, key: _k, ...anonymous } = valid;
  for (const options of [
    anonymous,
    { ...valid, maxVersion: 'TLSv1.2' as const },
    { ...valid, ALPNProtocols: ['http/1.1'] },
  ]) {
    const socket = connectTls(options);
    socket.on('error', () => {});
    await closed(socket.resume());
  }
  for (const bytes of [
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01',
    '',
  ]) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume().end(bytes);
    await closed(socket);
  }
  await vi.waitFor(() => {
    for (const why of [
      'PEER_DID_NOT_RETURN|no certificate|did not return a certificate',
      'unsupported protocol',
      'application protocol',
      'http request|wrong version',
    ])
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`did not get in: .*(?:${why})`)));
  }, soon);
  expect(await kit('ps')).toContain('ann  running  up 1');
});

test('a client refuses a machine whose certificate it cannot verify', async () => {
  expect(await add('deceived')).toMatch(/^error: Cannot reach .*(?:self-signed|unable to verify|issuer)/);
  expect(await kit('remote', 'add', 'x', `127.0.0.2:${port}`, '--tls-dir', 'ann')).toMatch(
    /^error: Cannot reach/,
  );
  expect(await add('named', '--server-name', 'elsewhere')).toContain('Cannot read');
});

test('errors of kit commands give the reason', async () => {
  expect(await kit('remote', 'add', 'x', 'nowhere', '--tls-dir', 'ann')).toContain(
    'Cannot use "nowhere" as an address: expected host:port',
  );
  expect(await kit('remote', 'add', 'x', 'a:1', '--tls-dir', 'nope')).toContain(
    `Cannot read "${file('nope')}/ca.pem": no such file`,
  );
  expect(await add('ann')).toContain('one of that name is running');
  expect(await kit('logs', '--console', 'ann')).toContain('it runs on another host');
  expect(await kit('stop', '--force', 'ann')).toContain('by force: it runs on another host');
  expect(await kit('stop', 'ann')).toContain('Cannot power off machine "ann": not in this test');
});

test('new files close all connections and decide who is accepted; broken files change nothing', async () => {
  machineTrusts('other');
  await vi.waitFor(async () => expect(await kit('ps', '--json')).not.toContain('"uptimeS":1'), soon);
  expect(await add('stranger')).toContain('stranger is "vm1"');
  machineGets('ann.key', 'key.pem');
  await vi.waitFor(
    () =>
      expect(lines).toContainEqual(
        expect.stringMatching(/cannot listen on 127.*the old files stay in use: .*key/),
      ),
    soon,
  );
  expect(await kit('start', 'stranger', 'web')).toContain('no "web"');
  // A machine whose key is missing is still listed, and so are the others.
  rmSync(file('stranger/key.pem'));
  expect(await kit('ps')).toMatch(/^stranger {2}running {2}\(Cannot read ".*key.pem": no such file\)$/m);
  expect(await kit('remote', 'rm', 'stranger')).toBe('');
  expect(await kit('ps')).not.toContain('stranger');
});
