import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskCommandLine } from '../cmdline/mask-command-line.ts';
import { maskSecrets } from './mask.ts';

const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';

test.each([
  ['db_password=hunter22', 'hunter22'],
  ['{"apiToken": "abc def", "port": 80}', 'abc def'],
  ['--secret s3cr3t-value serve', 's3cr3t-value'],
  ['GITHUB_TOKEN: ghp_0123456789abcdefABCDEF', 'ghp_0123456789abcdefABCDEF'],
  ['Authorization: Bearer abcdefgh.ijkl', 'abcdefgh.ijkl'],
  ['curl -H "authorization: Basic dXNlcjpwYXNz"', 'dXNlcjpwYXNz'],
  ['connect to postgres://app:pa55word@db/x', 'pa55word'],
  ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM', 'eyJzdWIiOiIx'],
  ['key AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['root:$6$salt$hashhashhash:1', 'hashhashhash'],
  [`2026-01-01T00:00:00.000Z stdout ${body}`, body],
  [
    `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\nshort\n-----END OPENSSH PRIVATE KEY-----`,
    'b3BlbnNzaC1r',
  ],
  ['Set-Cookie: session=abc123', 'abc123'],
  ['[    0.000000] Kernel command line: console=ttyS0 my.word=hush hush2', 'hush'],
  ['Unknown kernel command line parameters "x=hush", will be passed to user space.', 'hush'],
])('the secret in %j is masked', (text, secret) => {
  const shown = maskSecrets(`before\n${text}\nafter`);
  expect(shown).not.toContain(secret);
  expect(shown).toMatch(/^before\n[\s\S]+\nafter$/);
});

test.each([
  "SyntaxError: Unexpected token 'export'",
  'listening on http://127.0.0.1:8080/path',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 pulled',
  'lowerdir=/run/layers/0123456789abcdef:/run/layers/fedcba9876543210 on /containers/services/web/rootfs',
  '[    1.234567] EXT4-fs (vda): mounted filesystem 6c1b0f9a-0000-4000-8000-000000000000 r/w',
  '{"memoryBytes":123456789,"state":"ready","lastExit":"exit status 1"}',
])('%j is unchanged', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test('JSON stays valid', () => {
  const text = JSON.stringify({ apiToken: 'abc def', list: ['password=x', 'b'], port: 80 });
  const nested = JSON.stringify({ message: JSON.stringify({ db: { password: 'a b"c' }, port: 80 }) });
  expect(maskSecrets(nested)).not.toMatch(/a b|c\\/);
  expect(JSON.parse(maskSecrets(nested)).message).toContain('"port":80');
  expect(JSON.parse(maskSecrets(text))).toEqual({
    apiToken: '[masked]',
    list: ['password=[masked]', 'b'],
    port: 80,
  });
});

test('a command line keeps well-known values, and the names of other parameters', () => {
  expect(maskCommandLine('console=ttyS0,115200 quiet panic=1 token=abc word "a b"=c\n')).toBe(
    'console=ttyS0,115200 quiet panic=1 token=… … … …=…',
  );
});

test('long repetitive texts are masked without backtracking', () => {
  fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => typeof maskSecrets(text) === 'string'));
  for (const piece of [
    'password ',
    'a',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'x=',
    '://',
    '$6$',
    'AAAA1/',
  ]) {
    expect(maskSecrets(piece.repeat(20_000)).length).toBeGreaterThan(0);
  }
});
