import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { manifestValue } from './print.ts';
import { readManifests } from './read.ts';
import type { Manifest } from './types.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-templates-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const asked: string[] = [];

/** Every folder is a package, except those called "none". */
async function packageName(folder: string): Promise<string> {
  asked.push(folder);
  if (folder.endsWith('/none')) throw new KitError(`Cannot read package "${folder}": it has no build.yml`);
  return `kit/${folder.split('/').at(-1)}:1234`;
}

const read = (text: string): Promise<Manifest> =>
  readManifests(['-'], { cwd, stdin: Readable.from([text]), packageName });

test('templates become names of packages, relative to the file that contains them', async () => {
  asked.length = 0;
  writeFileSync(join(cwd, 'a.yml'), 'init: ["@pkg:../x", "@pkg:../x"]');
  const { init } = await readManifests([join(cwd, 'a.yml')], { cwd: '/elsewhere', packageName });
  const wanted = { kind: 'package', text: 'kit/x:1234', folders: [join(cwd, '../x')] };
  expect(init.map(({ value }) => value)).toMatchObject([wanted, wanted]);
  expect(asked).toEqual([join(cwd, '../x')]);
  expect(init[0]?.origin.packages?.get('kit/x:1234')).toBe(join(cwd, '../x'));
});

test('any whole string can be a template, also in keys and lists; part of a string cannot', async () => {
  const manifest = await read(`services:
  - name: a
    image: '@pkg:./a'
    command: [run, "@pkg:b", "x @pkg:b"]
    annotations:
      "@pkg:c": |-
        @pkg:d
`);
  expect(manifestValue(manifest).services).toEqual([
    {
      name: 'a',
      image: 'kit/a:1234',
      command: ['run', 'kit/b:1234', 'x @pkg:b'],
      annotations: { 'kit/c:1234': 'kit/d:1234' },
    },
  ]);
});

test('an unresolved template is an error with its position, next to all others', async () => {
  const failed = await read('init: ["@pkg:./none", "@pkg:./good"]\nfoo: "@pkg:none"\n').catch(
    (thrown) => thrown,
  );
  expect(
    failed.errors.map(({ message, place }: KitError) => `${place?.line}:${place?.column}: ${message}`),
  ).toEqual([
    `1:8: Cannot resolve "@pkg:./none": Cannot read package "${cwd}/none": it has no build.yml`,
    '2:1: unknown key "foo" in the manifest',
    `2:6: Cannot resolve "@pkg:none": Cannot read package "${cwd}/none": it has no build.yml`,
  ]);
});

test('the error for a template without quotes suggests quotes', async () => {
  const failed = await read('init:\n  - @pkg:./x\n').catch((thrown) => thrown);
  expect(failed.errors[0]).toMatchObject({
    message: 'invalid YAML: plain value cannot start with reserved character @',
    hint: 'put it in quotes: "@pkg:./folder"',
    place: { line: 2, column: 5 },
  });
});
