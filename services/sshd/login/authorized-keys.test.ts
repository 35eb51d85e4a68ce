import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAuthorizedKeys } from './authorized-keys.ts';
import { defaultOptions, type KeyOptions } from './options.ts';

/** A public key blob: type and key bytes, each with its length. */
function blobOf(type: string): Buffer {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const length = (bytes: Buffer): Buffer => Buffer.of(0, 0, 0, bytes.length);
  const name = Buffer.from(type);
  return Buffer.concat([length(name), name, length(raw), raw]);
}

const blob = blobOf('ssh-ed25519');
const key = `ssh-ed25519 ${blob.toString('base64')}`;
interface Expected extends Partial<KeyOptions> {
  readonly comment?: string;
}

test.each<[string, Expected]>([
  [key, {}],
  [`${key} me@there  and more`, { comment: 'me@there  and more' }],
  [`  ${key} me\r`, { comment: 'me' }],
  [`no-pty ${key}`, { terminal: false }],
  [`restrict ${key}`, { terminal: false, forwarding: false }],
  [`restrict,PTY,port-forwarding ${key}`, {}],
  [`no-agent-forwarding,no-X11-forwarding,no-user-rc ${key} x`, { comment: 'x' }],
  [`command="echo \\"a, b\\" ssh-rsa" ${key}`, { command: 'echo "a, b" ssh-rsa' }],
  [`no-pty,command="",no-port-forwarding\t${key}`, { command: '', terminal: false, forwarding: false }],
  [`from="10.0.0.0/8,!10.1.*",no-pty ${key}`, { terminal: false, from: '10.0.0.0/8,!10.1.*' }],
  [`cert-authority,principals="a,b" ${key}`, { authority: true, principals: ['a', 'b'] }],
  [`environment="A=b=c",environment="B=",environment="A=d" ${key}`, { environment: { A: 'b=c', B: '' } }],
  [`no-touch-required ${key}`, { touch: false }],
  [`verify-required ${key}`, { verify: true }],
  [`expiry-time="20300102Z" ${key}`, { expiresMs: Date.UTC(2030, 0, 2) }],
  [`expiry-time="203001020304Z",expiry-time="20310101Z" ${key}`, { expiresMs: Date.UTC(2030, 0, 2, 3, 4) }],
  [`expiry-time="20300102030405" ${key}`, { expiresMs: new Date(2030, 0, 2, 3, 4, 5).getTime() }],
  [
    `permitopen="a.example:80",permitopen="[fd00::1]:*" ${key}`,
    {
      connect: [
        { host: 'a.example', port: 80 },
        { host: 'fd00::1', port: undefined },
      ],
    },
  ],
  [
    `permitlisten="8080",permitlisten="localhost:*" ${key}`,
    {
      listen: [
        { host: '*', port: 8080 },
        { host: 'localhost', port: undefined },
      ],
    },
  ],
  [`tunnel="0" ${key}`, {}],
  [`command="internal-sftp -l INFO -f AUTH" ${key}`, { command: 'internal-sftp -l INFO -f AUTH' }],
  // What is not understood is no reason to let somebody in.
  [`command ${key}`, { fault: 'its option command is not supported' }],
  [`no-pty="x" ${key}`, { fault: 'its option no-pty is not supported' }],
  [`tomorrow-only ${key}`, { fault: 'its option tomorrow-only is not supported' }],
  [`command="a",command="b" ${key}`, { command: 'a', fault: 'its option command: is there twice' }],
  [
    `command="internal-sftp -R" ${key}`,
    { fault: 'its option command: internal-sftp with "-R" is not supported' },
  ],
  [`expiry-time="tomorrow" ${key}`, { fault: 'its option expiry-time: not a time: "tomorrow"' }],
  [`expiry-time="20301301" ${key}`, { fault: 'its option expiry-time: not a time: "20301301"' }],
  [`permitopen="80" ${key}`, { fault: 'its option permitopen: not of the form host:port: "80"' }],
  [`permitopen="a:66000" ${key}`, { fault: 'its option permitopen: not of the form host:port: "a:66000"' }],
  [`environment="A" ${key}`, { fault: 'its option environment: is not of the form NAME=value' }],
])('reads a key: %s', (line, { comment = '', ...options }) => {
  expect(parseAuthorizedKeys(`# a comment\n\n${line}\n`).keys).toEqual([
    { type: 'ssh-ed25519', blob, comment, options: { ...defaultOptions, ...options } },
  ]);
});

test('ignores comments and empty lines', () => {
  expect(parseAuthorizedKeys('\n  # only a comment\n\t\n')).toEqual({ keys: [], unreadLines: [] });
});

test.each([
  'ssh-ed25519',
  'ssh-ed25519 !!!!',
  'ssh-ed25519 AAAA',
  `ssh-rsa ${blob.toString('base64')}`,
  `command="open ${key}`,
  `no-pty, ${key}`,
  'ssh-dss',
  '---- BEGIN SSH2 PUBLIC KEY ----',
])('tells of a line without a valid key: %s', (line) => {
  expect(parseAuthorizedKeys(`# x\n${line}`)).toEqual({ keys: [], unreadLines: [2] });
});

test('reads the valid keys around invalid lines', () => {
  const { keys, unreadLines } = parseAuthorizedKeys(`x="\n${key}\n\0\xff\n${key} two`);
  expect(keys.map(({ comment }) => comment)).toEqual(['', 'two']);
  expect(unreadLines).toEqual([1, 3]);
});

test('property: any text gives at most one key per line; hostile options do not backtrack', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
      expect(parseAuthorizedKeys(text).keys.length).toBeLessThanOrEqual(text.split('\n').length);
    }),
  );
  const hostile = `${'a="\\"'.repeat(50_000)} ${key}`;
  expect(parseAuthorizedKeys(hostile).keys).toEqual([]);
});

test('property: any quoted value is read back unchanged', () => {
  const value = fc.string().filter((text) => !/[\\\r\n]/.test(text));
  fc.assert(
    fc.property(value, (text) => {
      const [found] = parseAuthorizedKeys(`command="${text.replaceAll('"', '\\"')}" ${key}`).keys;
      expect(found?.options.command).toBe(text);
    }),
  );
});
