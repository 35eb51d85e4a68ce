import { expect, test } from 'vitest';
import { type KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { mergeManifests } from '../../manifest/merge.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { checkManifest } from './check.ts';

/** `file:line:column: message` of every error. */
async function wrong(...texts: string[]): Promise<string[]> {
  const manifest = mergeManifests(texts.map((text, at) => parseManifest(text, `${at}.yml`, '/nowhere')));
  const thrown = await checkManifest(manifest, { cwd: '/nowhere' }, {}).catch((error) => error);
  const errors: KitError[] = thrown instanceof KitErrors ? [...thrown.errors] : thrown ? [thrown] : [];
  return errors.map(({ place, message }) => `${place?.file}:${place?.line}:${place?.column}: ${message}`);
}

test('errors that can be found without images are reported together, by file and line', async () => {
  const base = `services:
  - name: a
    image: pkg/sshdd
    uid: nobody
    binds: [data:/data, more:/more]
`;
  const more = `files:
  - {path: etc/x, source: gone.txt, uid: b}
  - {path: etc/y, source: gone.txt, optional: true}
volumes: [{name: data}]
init: [./nothing, pkg/init]
`;
  expect(await wrong(base, more)).toEqual([
    '1.yml:2:27: Cannot find file "gone.txt"',
    '1.yml:2:42: there is no entry "b"',
    '1.yml:5:8: Cannot find package "./nothing": no such folder with a build.yml',
    '0.yml:3:12: Cannot find package "pkg/sshdd" (did you mean "pkg/sshd"?): no such folder with a build.yml',
    '0.yml:4:10: there is no entry "nobody"',
    '0.yml:5:25: there is no volume "more"',
  ]);
});

test('an entry without a command passes, since its image may have one', async () => {
  expect(await wrong('services: [{name: a, image: "foo:1", uid: a}]')).toEqual([]);
});

test('a wrong network is reported once', async () => {
  expect(await wrong('network: {dns: {servers: [1.2.3]}}')).toEqual([
    '0.yml:1:27: "1.2.3" is not an IPv4 or IPv6 address',
  ]);
});

test('two inits are refused, in whatever files, at the one of LinuxKit', async () => {
  const [kit, linuxkit] = ['init: [pkg/init]', 'init: [pkg/crun, "linuxkit/init:v1.2"]'];
  expect(await wrong(kit)).toEqual([]);
  expect(await wrong(linuxkit)).toEqual([]);
  expect(await wrong(kit, linuxkit)).toEqual([
    '1.yml:1:18: Cannot have two inits, "linuxkit/init:v1.2" beside "pkg/init": only one of them can be PID 1, and neither starts the containers of the other',
  ]);
});
