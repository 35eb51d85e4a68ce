import { expect, test } from 'vitest';
import { renderError } from '../../../lib/errors/render.ts';
import { mergeManifests } from '../../manifest/merge.ts';
import { parseManifest } from '../../manifest/parse.ts';
import type { BootImage } from './boot-image.ts';
import { checkBudgets } from './budgets.ts';

const MiB = 1 << 20;
const parts = [
  { title: 'kernel', bytes: 10 * MiB, users: ['kernel'] },
  { title: 'Node runtime', bytes: 40.5 * MiB, users: ['init', 'services web'] },
  { title: 'bundles and files', bytes: 100, users: [] },
];
const image = { parts: async () => parts, memoryMiB: async () => 384 } as Pick<
  BootImage,
  'parts' | 'memoryMiB'
>;

async function check(...texts: string[]): Promise<string> {
  const manifests = texts.map((text, at) => parseManifest(text, `${at}.yml`, '/'));
  return checkBudgets(mergeManifests(manifests), image).then(() => 'fine', renderError);
}

test.each([
  ['nothing'],
  ['budgets: {}'],
  ['budgets: {image: 51M, memory: 384M}'],
  ['budgets: {image: 1G}'],
  ['budgets: {image: 60000K}'],
])('%s holds', async (text) => {
  expect(await check(text.includes(':') ? text : '{}')).toBe('fine');
});

test('too large: the place of the budget, the largest parts, and their users', async () => {
  expect(await check('budgets:\n  memory: 300M\n  image: 50M\n')).toBe(
    `error: 0.yml:3:10: the image has 50.5 MiB, more than its budget of 50M
    3 |   image: 50M
      |          ^
(hint: the largest parts are
    40.5 MiB  Node runtime (init, services web)
    10.0 MiB  kernel (kernel)
     0.0 MiB  bundles and files)
error: 0.yml:2:11: the machine needs 384 MiB of memory, more than its budget of 300M
    2 |   memory: 300M
      |           ^
(hint: the largest parts are
    40.5 MiB  Node runtime (init, services web)
    10.0 MiB  kernel (kernel)
     0.0 MiB  bundles and files)`,
  );
});

test('the last manifest with a budget wins', async () => {
  expect(await check('budgets: {image: 1M, memory: 1G}', 'budgets: {image: 1G}')).toBe('fine');
  expect(await check('budgets: {image: 1G}', 'budgets: {image: 1M}')).toContain(
    'error: 1.yml:1:18: the image has',
  );
});

test('too large: what has grown since the last build, the largest growth first', async () => {
  const manifest = mergeManifests([parseManifest('budgets: {image: 50M}', '0.yml', '/')]);
  const before = [
    { name: 'kernel', bytes: 9 * MiB },
    { name: 'Node runtime', bytes: 30.5 * MiB },
    { name: 'gone', bytes: MiB },
  ];
  const text = await checkBudgets(manifest, image, before).then(() => 'fine', renderError);
  expect(text).toContain(`(hint: since the last build within its budgets it has grown by
   +10.0 MiB  Node runtime
    +1.0 MiB  kernel
    +0.0 MiB  bundles and files (new)
the largest parts are
`);
});

test('without a change since the last build only the largest parts are named', async () => {
  const manifest = mergeManifests([parseManifest('budgets: {image: 50M}', '0.yml', '/')]);
  const before = parts.map(({ title, bytes }) => ({ name: title, bytes }));
  const text = await checkBudgets(manifest, image, before).then(() => 'fine', renderError);
  expect(text).toContain('(hint: the largest parts are\n');
});

test('an image within its budgets gives its parts for the next build', async () => {
  const manifest = mergeManifests([parseManifest('budgets: {image: 51M}', '0.yml', '/')]);
  expect(await checkBudgets(manifest, image)).toContainEqual({ name: 'kernel', bytes: 10 * MiB });
  expect(await checkBudgets(mergeManifests([]), image)).toBeUndefined();
});
