import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeLogServer } from '../../lib/control/testing.ts';
import { bundled } from '../support/bundled.ts';
import { testSocket } from '../support/needs.ts';
import { SyslogServer } from './server.ts';

/** The bundled program of pkg/syslog between a simulated supervisor and a real rsyslog. */
let server: SyslogServer;
beforeAll(async () => {
  server = await SyslogServer.make();
}, 120_000);
afterAll(() => server?.[Symbol.asyncDispose]());

let folder: string;
let log: FakeLogServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-syslog-'));
  log = new FakeLogServer(testSocket(folder, 'socket'));
  await log.start();
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
  log.kill();
  rmSync(folder, { recursive: true });
});

const programs: Program[] = [];
class Program {
  readonly child: ChildProcess;
  output = '';

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}

async function start(...args: readonly string[]): Promise<Program> {
  const paths = [
    '--socket',
    testSocket(folder, 'socket'),
    '--state-dir',
    join(folder, 'state'),
    '--config-dir',
    folder,
  ];
  const main = await bundled('services/syslog/main.ts');
  const program = new Program(
    spawn(process.execPath, [main, ...paths, ...args], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  programs.push(program);
  return program;
}

const tcp = (): string => `tcp://127.0.0.1:${server.tcpPort}`;
const tls = (host = 'localhost'): string => `tls://${host}:${server.tlsPort}`;
const arrived = (app: string, messages: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(server.messages(app)).toEqual(messages), { timeout: 90_000, interval: 100 });

test('over TCP, rsyslog parses every field as intended', async () => {
  await start('--server', tcp(), '--facility', 'local0', '--sequence');
  log.say('tcp-web', 'listening', { pid: 417 });
  log.say('tcp-web', 'größer ☃', { stream: 'stderr' });
  log.say('tcp odd', 'one\ttwo', { stream: 'kit', missed: 3n });
  log.say('kernel', 'tcp: link down', { stream: 'warning' });
  // rsyslog keeps the byte order mark of UTF-8.
  await arrived('tcp-web', ['listening', '\ufeffgrößer ☃']);
  await arrived('tcp_odd', ['3 lines lost', 'one\ttwo']);
  await arrived('kernel', ['tcp: link down']);
  expect(server.received().find(({ msg }) => msg === 'listening')).toMatchObject({
    pri: '134',
    procid: '417',
    msgid: 'stdout',
    data: '[meta sequenceId="1"]',
    time: '2026-01-01T00:00:00.001Z',
  });
  const priorities = server
    .received()
    .slice(-4)
    .map(({ app, pri }) => `${app} ${pri}`);
  expect(priorities).toEqual(['tcp-web 131', 'tcp_odd 132', 'tcp_odd 133', 'kernel 4']);
});

test('over TLS, with a client certificate', async () => {
  const program = await start(
    ...['--server', tls(), '--ca', server.file('ca.pem')],
    ...['--cert', server.file('client.pem'), '--key', server.file('client.key')],
  );
  const lines = Array.from({ length: 500 }, (_, n) => `line ${n} ${'x'.repeat(n)}`);
  for (const line of lines) log.say('tls', line);
  await arrived('tls', lines);
  await vi.waitFor(() => expect(program.output).toBe(`Sending logs to ${tls()}\n`), { timeout: 90_000 });
  expect(await program.kill('SIGTERM')).toBe(0);
});

test.each([
  [
    'signed by another authority',
    () => [tls(), 'stranger.pem'],
    /: self-signed certificate in certificate chain; trying/,
  ],
  ['with another name', () => [tls('127.0.0.1'), 'ca.pem'], /: IP: 127\.0\.0\.1 is not in the cert's list/],
])('sends nothing to a server with a wrong certificate: %s', async (problem, args, reason) => {
  const [name = '', ca = ''] = args();
  log.say(`not ${problem}`, 'secret');
  const program = await start('--server', name, '--ca', server.file(ca));
  await vi.waitFor(() => expect(program.output).toMatch(reason), { timeout: 90_000 });
  await pause(1500);
  // Logged once, although it tries several times.
  expect(program.output.split('\n').length).toBe(2);
  expect(server.received().filter(({ msg }) => msg === 'secret')).toEqual([]);
});

test('loses nothing to a server that refuses the client certificate after reading data', async () => {
  log.say('refused', 'one');
  const program = await start(
    ...['--server', tls(), '--ca', server.file('ca.pem')],
    ...['--cert', server.file('foreign.pem'), '--key', server.file('foreign.key')],
  );
  await vi.waitFor(() => expect(program.output).toMatch(/^Cannot send logs to tls:/), { timeout: 90_000 });
  await program.kill();
  await start(
    ...['--server', tls(), '--ca', server.file('ca.pem')],
    ...['--cert', server.file('client.pem'), '--key', server.file('client.key')],
  );
  log.say('refused', 'two');
  await arrived('refused', ['one', 'two']);
});

test('delivers every line in order across restarts of the server and of the program', async () => {
  let program = await start('--server', tcp());
  const count = 600;
  const talk = (async () => {
    for (let n = 0; n < count; n += 1) {
      log.say('restarts', String(n));
      await pause(10);
    }
  })();
  await vi.waitFor(() => expect(server.messages('restarts').length).toBeGreaterThan(30), { timeout: 90_000 });
  await pause(3000);
  await server.stop();
  await vi.waitFor(() => expect(program.output).toContain('Cannot send logs to'), { timeout: 90_000 });
  await server.start();
  await vi.waitFor(() => expect(program.output.match(/Sending logs to/g)?.length).toBe(2), {
    timeout: 90_000,
  });
  await program.kill();
  program = await start('--server', tcp());
  await talk;
  const all = Array.from({ length: count }, (_, n) => String(n));
  await vi.waitFor(() => expect([...new Set(server.messages('restarts'))]).toEqual(all), { timeout: 90_000 });
  // What was acknowledged a second before is not sent again.
  const early = server.messages('restarts').filter((text) => Number(text) < 30);
  expect(early).toEqual(all.slice(0, 30));
});
