import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { proxyFor } from './proxy.ts';

const proxy = 'http://proxy:3128/';
const isDirect = (words: string, address: string): boolean =>
  proxyFor(new URL(address), { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: words }) === undefined;

test.each([
  ['*', ['https://a.io'], []],
  [
    'corp.io',
    ['https://corp.io', 'https://x.corp.io', 'https://CORP.io.'],
    ['https://xcorp.io', 'https://corp.io.x'],
  ],
  ['.corp.io', ['https://x.corp.io', 'https://x.y.corp.io'], ['https://corp.io', 'https://xcorp.io']],
  ['*.corp.io', ['https://x.corp.io'], ['https://corp.io']],
  ['a.io, corp.io b.io', ['https://a.io', 'https://b.io', 'https://corp.io'], ['https://c.io']],
  [
    'corp.io:5000',
    ['https://corp.io:5000', 'http://x.corp.io:5000'],
    ['https://corp.io', 'https://corp.io:50'],
  ],
  ['corp.io:443', ['https://corp.io'], ['http://corp.io']],
  ['10.0.0.0/8', ['https://10.1.2.3', 'http://10.255.0.1:5000'], ['https://11.0.0.1', 'https://10.corp.io']],
  ['10.1.2.3', ['https://10.1.2.3'], ['https://10.1.2.30', 'https://x.10.1.2.com']],
  ['10.1.2.3:80', ['http://10.1.2.3'], ['https://10.1.2.3']],
  ['fd00::/8', ['https://[fd00::1]:5000'], ['https://[fe80::1]', 'https://10.0.0.1']],
  ['FD00::0:1', ['https://[fd00::1]'], ['https://[fd00::2]']],
  ['[fd00::1]:5000', ['https://[fd00::1]:5000'], ['https://[fd00::1]']],
  ['10.0.0.0/99, /8, x/y, :80, .', [], ['https://10.0.0.1', 'https://x.io']],
  ['', ['http://localhost:5000', 'http://127.0.0.1', 'http://[::1]'], ['https://a.io']],
])('NO_PROXY=%s', (words, direct, proxied) => {
  expect([...direct, ...proxied].filter((address) => isDirect(words, address))).toEqual(direct);
});

test.each([
  [{ https_proxy: 'http://me:p%40ss@lower:1', HTTPS_PROXY: proxy }, 'http://me:p%40ss@lower:1/'],
  [{ HTTP_PROXY: proxy }, undefined],
  [{ HTTPS_PROXY: 'proxy:3128' }, proxy],
  [{ HTTPS_PROXY: 'https://secure' }, 'https://secure/'],
  [{ HTTPS_PROXY: proxy, no_proxy: 'b.io', NO_PROXY: 'a.io' }, proxy],
])('%j', (env, expected) => {
  expect(proxyFor(new URL('https://a.io'), env)).toBe(expected);
});

test('a proxy of another kind is an error without its password', () => {
  const attempt = (): unknown => proxyFor(new URL('https://a.io'), { HTTPS_PROXY: 'socks5://me:secret@x:1' });
  expect(attempt).toThrow('Cannot use proxy "socks5://x:1" of HTTPS_PROXY: expected http(s)://HOST:PORT');
});

test('any text of NO_PROXY is taken', () => {
  const words = fc.string({ unit: fc.constantFrom(...'a.:/[]0159f*, '), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(words, fc.string()), fc.constantFrom('a.f', '10.0.0.1', '[f::1]'), (text, host) => {
      try {
        isDirect(text, `https://${host}:5`);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(KitError);
      }
    }),
    { numRuns: 2000 },
  );
});
