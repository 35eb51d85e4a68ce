import { expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { mergeManifests } from '../manifest/merge.ts';
import { parseManifest } from '../manifest/parse.ts';
import { controlConfig } from './control.ts';

const configOf = (...texts: string[]) =>
  controlConfig(mergeManifests(texts.map((text) => parseManifest(text, 'x.yml', '/'))).control);

const files = {
  ca: '/run/config/control/ca.pem',
  certificate: '/run/config/control/cert.pem',
  key: '/run/config/control/key.pem',
};

test.each([
  [':4911', { host: '', port: 4911 }],
  ['10.0.2.15:1', { host: '10.0.2.15', port: 1 }],
  ['[FD00::20]:65535', { host: 'fd00::20', port: 65_535 }],
])('listen: "%s"', (listen, where) => {
  expect(configOf(`control: {listen: "${listen}"}`)).toEqual({ ...where, ...files });
});

test('the files can be anywhere in the machine', () => {
  const own = { ca: '/a', certificate: '/b', key: '/c', crl: '/d' };
  const text = 'control: {listen: ":1", ca: /a, certificate: /b, key: /c, crl: /d}';
  expect(configOf(text)).toEqual({ host: '', port: 1, ...own });
});

test('without the key nothing is served; the last of several manifests wins', () => {
  expect(configOf('init: []')).toBeUndefined();
  const texts = ['control: {listen: ":1", key: /k}', 'control: {listen: ":2"}', 'init: []'];
  expect(configOf(...texts)).toEqual({ host: '', port: 2, ...files });
});

test.each([
  [':0', 'Cannot listen on ":0": the port must be from 1 to 65535'],
  [':70000', 'Cannot listen on ":70000": the port must be from 1 to 65535'],
  ['300.0.0.1:80', 'Cannot listen on "300.0.0.1:80": "300.0.0.1" is not an IPv4 or IPv6 address'],
  ['[fd00:::1]:80', 'Cannot listen on "[fd00:::1]:80": "fd00:::1" is not an IPv4 or IPv6 address'],
])('listen: "%s" is refused', (listen, message) => {
  const attempt = (): unknown => configOf(`control: {listen: "${listen}"}`);
  expect(attempt).toThrow(message);
  try {
    attempt();
  } catch (thrown) {
    expect(renderError(thrown)).toContain('x.yml:1:19');
  }
});

test.each(['4911', 'localhost:4911', 'fd00::1:80', ':'])('listen: "%s" is malformed', (listen) => {
  expect(() => configOf(`control: {listen: "${listen}"}`)).toThrow('must be an address and a port');
});
