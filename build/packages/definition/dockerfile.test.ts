import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveImage } from '../../images/resolve.ts';
import { buildPackages } from '../../pkg/verbs.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import { testWork } from '../../testing.ts';
import { dockerfileError } from './dockerfile.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-dockerfile-'));
  const files = { 'app/Dockerfile': '', 'pod/Containerfile': '', 'lk/Dockerfile': '', 'none/x': '' };
  for (const [path, text] of Object.entries({ ...files, 'lk/build.yml': 'image: lk\n' })) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

const work = () => testWork({ cacheDir: join(dir, 'cache') });

test.each([
  ['app', 'Dockerfile'],
  ['pod', 'Containerfile'],
  // LinuxKit's form: a build.yml beside the Dockerfile, which it does not name.
  ['lk', 'Dockerfile'],
])('%s, named by a manifest or on the command line, is to be built elsewhere', async (name, file) => {
  const expected = {
    message: `Cannot build package "${join(dir, name)}": kit does not build a ${file}`,
    hint: expect.stringContaining(`image: docker-archive:${name}.tar in the manifest`),
  };
  await expect(resolveImage(parseImageRef(`./${name}`, { folder: dir }), work())).rejects.toMatchObject(
    expected,
  );
  await expect(buildPackages([`./${name}`], dir, work())).rejects.toMatchObject(expected);
});

test('any other folder is not', () => {
  expect(dockerfileError(join(dir, 'none'))).toBeUndefined();
});
