import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsFor } from './credentials.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-credentials-'));
  helper(
    'good',
    'read server; ' +
      'echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"u\\",\\"Secret\\":\\"of $server\\"}"',
  );
  helper('token', 'echo \'{"Username":"<token>","Secret":"t"}\'');
  helper('empty', 'echo "credentials not found in native keychain"; exit 1');
  helper('broken', 'echo s3cret; exit 3');
  helper('killed', 'echo s3cret; kill -9 $$');
  unfit('locked', '#!/bin/sh\n', 0o644);
  unfit('old', '#!/nonexistent/sh\n', 0o755);
  // Not readable for ordinary users, for whom a missing program is then EACCES.
  mkdirSync(join(dir, 'closed'), { mode: 0 });
});
afterAll(() => {
  chmodSync(join(dir, 'closed'), 0o700);
  rmSync(dir, { recursive: true, force: true });
});

function helper(name: string, script: string): void {
  const file = join(dir, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A file of that name that is no helper. */
function unfit(name: string, text: string, mode: number): void {
  writeFileSync(join(dir, `docker-credential-${name}`), text, { mode });
}

function ask(registry: string, config: unknown) {
  const home = mkdtempSync(join(dir, 'home-'));
  mkdirSync(join(home, '.docker'));
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify(config));
  const env = { HOME: home, PATH: `${join(dir, 'closed')}:${dir}:${process.env.PATH}` };
  return credentialsFor(registry, { env, signal: new AbortController().signal });
}

const auth = Buffer.from('u:p:with colons').toString('base64');
const pair = { kind: 'password', user: 'u', password: 'p:with colons' };

test("podman's files count where Docker's has no password", async () => {
  const home = mkdtempSync(join(dir, 'home-'));
  const write = (path: string, user: string): string => {
    const file = join(home, path);
    mkdirSync(join(file, '..'), { recursive: true });
    const stored = Buffer.from(`${user}:p`).toString('base64');
    writeFileSync(file, JSON.stringify({ auths: { 'GHCR.io': { auth: stored } } }));
    return file;
  };
  const userOf = async (env: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const { signal } = new AbortController();
    const found = await credentialsFor('ghcr.io', { env: { HOME: home, ...env }, signal });
    return found?.kind === 'password' ? found.user : undefined;
  };
  expect(await userOf({})).toBeUndefined();
  write('.config/containers/auth.json', 'config');
  expect(await userOf({})).toBe('config');
  write('run/containers/auth.json', 'runtime');
  expect(await userOf({ XDG_RUNTIME_DIR: join(home, 'run') })).toBe('runtime');
  const stated = write('other.json', 'stated');
  expect(await userOf({ XDG_RUNTIME_DIR: join(home, 'run'), REGISTRY_AUTH_FILE: stated })).toBe('stated');
  write('.docker/config.json', 'docker');
  expect(await userOf({ REGISTRY_AUTH_FILE: stated })).toBe('docker');
});

test.each<[string, string, unknown, unknown]>([
  ['a host', 'ghcr.io', { auths: { 'ghcr.io': { auth } } }, pair],
  ['a host with a port', 'localhost:5000', { auths: { 'localhost:5000': { auth } } }, pair],
  ['a host with a scheme', 'ghcr.io', { auths: { 'https://ghcr.io': { auth } } }, pair],
  ['an older API address', 'ghcr.io', { auths: { 'https://ghcr.io/v1/': { auth } } }, pair],
  ['Docker Hub', 'docker.io', { auths: { 'https://index.docker.io/v1/': { auth } } }, pair],
  ['another host', 'quay.io', { auths: { 'ghcr.io': { auth } } }, undefined],
  [
    'user and password',
    'a.io',
    { auths: { 'a.io': { username: 'x', password: 'y' } } },
    { kind: 'password', user: 'x', password: 'y' },
  ],
  [
    'an identity token',
    'a.io',
    { auths: { 'a.io': { auth, identitytoken: 't' } } },
    { kind: 'identity', token: 't' },
  ],
  ['an empty entry', 'a.io', { auths: { 'a.io': {} } }, undefined],
  [
    'a helper for one host',
    'a.io',
    { credHelpers: { 'a.io': 'good' }, credsStore: 'broken' },
    { kind: 'password', user: 'u', password: 'of a.io' },
  ],
  [
    'a helper for all',
    'docker.io',
    { credsStore: 'good' },
    { kind: 'password', user: 'u', password: 'of https://index.docker.io/v1/' },
  ],
  ['a helper with a token', 'a.io', { credsStore: 'token' }, { kind: 'identity', token: 't' }],
  ['a helper without credentials', 'a.io', { credsStore: 'empty', auths: { 'a.io': { auth } } }, pair],
])('%s', async (_title, registry, config, wanted) => {
  expect(await ask(registry, config)).toEqual(wanted);
});

test('without a file there are no credentials', async () => {
  const { signal } = new AbortController();
  expect(await credentialsFor('a.io', { env: { DOCKER_CONFIG: join(dir, 'none') }, signal })).toBeUndefined();
});

test.each([
  ['broken', 'from docker-credential-broken: exit status 3'],
  ['killed', 'from docker-credential-killed: ended by SIGKILL'],
  ['none', 'from docker-credential-none: it is not there'],
  ['locked', 'docker-credential-locked" may not be executed'],
  ['old', 'docker-credential-old" is not there'],
  ['../x', 'Cannot use credential helper "../x"'],
])('failing helper %s is reported without its output', async (credsStore, message) => {
  const failure = await ask('a.io', { credsStore }).catch((thrown: Error) => thrown);
  expect(String(failure)).toContain(message);
  expect(String(failure)).not.toContain('s3cret');
  expect(String(failure)).not.toMatch(/undefined|null|EACCES|ENOENT/);
});

test('a damaged file is an error', async () => {
  await expect(ask('a.io', { auths: [] })).rejects.toThrow('"auths" is [], expected an object');
});
