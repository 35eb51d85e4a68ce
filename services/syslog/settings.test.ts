import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readServer } from './server-address.ts';
import { readSettings } from './settings.ts';
import { queued } from './unacknowledged.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-syslog-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  readSettings(['--config-dir', folder, ...args], env);

test.each([
  ['tls://logs.example.org', { tls: true, host: 'logs.example.org', port: 6514 }],
  ['tcp://10.0.2.2', { tls: false, host: '10.0.2.2', port: 514 }],
  ['tcp://10.0.2.2:5140/', { tls: false, port: 5140, name: 'tcp://10.0.2.2:5140' }],
  ['tls://[fd00::1]:7000', { host: 'fd00::1', port: 7000, name: 'tls://[fd00::1]:7000' }],
])('reads the server %s', (text, server) => {
  expect(readServer(text)).toMatchObject(server);
});

test.each([
  '',
  'logs.example.org',
  'logs.example.org:514',
  'udp://x',
  'tls://',
  'tls://x/y',
  'tcp://x:99999',
  'tcp://x?y',
])('refuses the server %j', (text) => {
  expect(() => readServer(text)).toThrow(/^Cannot send logs to "/);
});

test('refuses a password in the server address without showing it', () => {
  expect(() => readServer('tls://kit:secret@x')).toThrow(
    /^(?!.*secret)Cannot send logs to ".": it has a user name/,
  );
});

test('flags override the environment, which overrides metadata', () => {
  writeFileSync(join(folder, 'server'), 'tcp://of-metadata\n');
  writeFileSync(join(folder, 'facility'), 'local7\n');
  writeFileSync(join(folder, 'ca.pem'), 'x');
  expect(read([])).toMatchObject({
    server: { host: 'of-metadata' },
    facility: 23,
    ca: join(folder, 'ca.pem'),
  });
  const env = { SYSLOG_SERVER: 'tcp://of-env', SYSLOG_CA: '/ca' };
  expect(read([], env)).toMatchObject({
    server: { host: 'of-env' },
    ca: '/ca',
    facility: 23,
    sequence: false,
  });
  const flags = ['--server', 'tls://of-flags', '--facility', 'user', '--sequence', '--max-size', '2048'];
  expect(read(flags, env)).toMatchObject({
    server: { host: 'of-flags' },
    facility: 1,
    sequence: true,
    limit: 2048,
  });
});

test.each([
  [[], 'No server to send logs to'],
  [['--server', 'tcp://x', '--facility', 'nobody'], 'Unknown facility "nobody"'],
  [['--server', 'tcp://x', '--cert', '/c'], 'A certificate and its key (--cert, --key) go together'],
  [
    ['--server', 'tcp://x', '--max-size', '9'],
    'Cannot use --max-size "9": not a whole number from 480 to 65536',
  ],
  [['--frobnicate'], "Cannot read the arguments: Unknown option '--frobnicate'"],
])('refuses the arguments %j', (args, message) => {
  expect(() => read(args)).toThrow(message);
});

test('finds the unacknowledged bytes of a connection by its ports', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
  12: 0100007F:C0DE 0100007F:1F90 01 0000012C:00000000 01:00000014 00000000     0        0 2 2 0 20 4 29 10 -1
   2: 0100007F:C0DF 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 29 10 -1
   3: 00000000000000000000000001000000:C0E0 00000000000000000000000001000000:1F90 01 00000001:00000000`;
  expect(queued(table, 0xc0de, 0x1f90)).toBe(300);
  expect(queued(table, 0xc0df, 0x1f90)).toBe(0);
  expect(queued(table, 0xc0e0, 0x1f90)).toBe(1);
  expect(queued(table, 0x1f90, 0xc0de)).toBeUndefined();
});
