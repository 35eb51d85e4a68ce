import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuthorizedKey, parseAuthorizedKeys } from './authorized-keys.ts';

/** A public key blob: type and key bytes, each with its length. */
function blobOf(type: string): Buffer {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const length = (bytes: Buffer): Buffer => Buffer.of(0, 0, 0, bytes.length);
  const name = Buffer.from(type);
  return Buffer.concat([length(name), name, length(raw), raw]);
}

const blob = blobOf('ssh-ed25519');
const key = `ssh-ed25519 ${blob.toString('base64')}`;
const plain: AuthorizedKey = {
  type: 'ssh-ed25519',
  blob,
  comment: '',
  command: undefined,
  terminal: true,
  forwarding: true,
  unsupportedOption: undefined,
};

test.each<[string, Partial<AuthorizedKey>]>([
  [key, {}],
  [`${key} me@there  and more`, { comment: 'me@there  and more' }],
  [`  ${key} me\r`, { comment: 'me' }],
  [`no-pty ${key}`, { terminal: false }],
  [`restrict ${key}`, { terminal: false, forwarding: false }],
  [`restrict,PTY,port-forwarding ${key}`, {}],
  [`no-agent-forwarding,no-X11-forwarding,no-user-rc ${key} x`, { comment: 'x' }],
  [`command="echo \\"a, b\\" ssh-rsa" ${key}`, { command: 'echo "a, b" ssh-rsa' }],
  [`no-pty,command="",no-port-forwarding\t${key}`, { command: '', terminal: false, forwarding: false }],
  [`from="10.0.0.0/8,!10.1.*",no-pty ${key}`, { terminal: false, unsupportedOption: 'from' }],
  [`cert-authority ${key}`, { unsupportedOption: 'cert-authority' }],
  [`environment="A=b" ${key}`, { unsupportedOption: 'environment' }],
  [`command ${key}`, { unsupportedOption: 'command' }],
])('reads a key: %s', (line, expected) => {
  expect(parseAuthorizedKeys(`# a comment\n\n${line}\n`)).toEqual([{ ...plain, ...expected }]);
});

test.each([
  '',
  '# only a comment',
  'ssh-ed25519',
  'ssh-ed25519 !!!!',
  'ssh-ed25519 AAAA',
  `ssh-rsa ${blob.toString('base64')}`,
  `command="open ${key}`,
  `no-pty, ${key}`,
  'ssh-dss',
])('ignores a line without a valid key: %s', (line) => {
  expect(parseAuthorizedKeys(line)).toEqual([]);
});

test('reads the valid keys around invalid lines', () => {
  expect(parseAuthorizedKeys(`x="\n${key}\n\0\xff\n${key} two`).map(({ comment }) => comment)).toEqual([
    '',
    'two',
  ]);
});

test('property: any text gives at most one key per line; hostile options do not backtrack', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
      expect(parseAuthorizedKeys(text).length).toBeLessThanOrEqual(text.split('\n').length);
    }),
  );
  const hostile = `${'a="\\"'.repeat(50_000)} ${key}`;
  expect(parseAuthorizedKeys(hostile)).toEqual([]);
});

test('property: any quoted value is read back unchanged', () => {
  const value = fc.string().filter((text) => !/[\\\r\n]/.test(text));
  fc.assert(
    fc.property(value, (text) => {
      const [found] = parseAuthorizedKeys(`command="${text.replaceAll('"', '\\"')}" ${key}`);
      expect(found?.command).toBe(text);
    }),
  );
});
