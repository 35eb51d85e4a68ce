import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseMirror, readCertificates, readMirrors } from './options.ts';

test.each([
  ['https://m.example', '*', 'https://m.example/'],
  ['*=https://m.example/v2/', '*', 'https://m.example/'],
  ['docker.io=http://localhost:5000', 'docker.io', 'http://localhost:5000/'],
  ['index.docker.io=http://m', 'docker.io', 'http://m/'],
  ['registry-1.docker.io=http://m', 'docker.io', 'http://m/'],
  ['ghcr.io=https://m.example/proxy/ghcr', 'ghcr.io', 'https://m.example/proxy/ghcr'],
  ['localhost:5000=https://localhost:5000', 'localhost:5000', 'https://localhost:5000/'],
])('%s', (text, registry, href) => {
  const { url, ...rest } = parseMirror(text);
  expect({ ...rest, href: url.href }).toEqual({ registry, href });
});

test.each(['m.example', 'docker.io=m.example', 'ftp://x', 'https://', 'https://user:s3cret@x?y'])(
  '%s is refused',
  (text) => {
    expect(() => parseMirror(text)).toThrow('expected [REGISTRY=]http(s)://HOST');
    expect(() => parseMirror(text)).not.toThrow('s3cret');
  },
);

test('mirrors of the command line come before those of the environment', () => {
  const hosts = (flags: string[], env: Record<string, string>) =>
    readMirrors(flags, env).map(({ url }) => url.host);
  expect(hosts(['http://a'], { LINUXKIT_MIRROR: 'http://b, x=http://c\n' })).toEqual(['a', 'b', 'c']);
  expect(hosts([], { LINUXKIT_MIRROR: 'http://b', KIT_MIRROR: 'http://c' })).toEqual(['c']);
});

test('a file without a certificate, or with a damaged one, is named', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-options-'));
  const file = join(dir, 'ca.pem');
  writeFileSync(file, 'hello');
  expect(() => readCertificates([file])).toThrow(`"${file}": it holds no certificate in PEM form`);
  writeFileSync(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  expect(() => readCertificates([file])).toThrow(`Cannot use certificate file "${file}"`);
  expect(() => readCertificates([join(dir, 'none')])).toThrow('no such file');
  rmSync(dir, { recursive: true });
});
