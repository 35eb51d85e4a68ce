import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { checkManifest } from '../../build/image/plan/check.ts';
import { mergeManifests } from '../../build/manifest/merge.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import { type KitError, KitErrors } from '../../lib/errors/errors.ts';
import { type Block, blocksOf } from './blocks.ts';
import { commandsOf, wordsOf } from './lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** docs/manifest.md is generated; the tables that it is made of have tests of their own. */
const pages = readdirSync(join(kitRoot, 'docs'))
  .filter((name) => name.endsWith('.md') && name !== 'manifest.md')
  .map((name) => {
    const text = readFileSync(join(kitRoot, 'docs', name), 'utf8');
    return { page: `docs/${name}`, text, blocks: blocksOf(text), dir: join(folder, name) };
  });

/** What a part of a manifest stands behind. */
const base = 'kernel: {image: pkg/kernel}\ninit: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]\n';

/** Of other programs than kit, as Prometheus. Packages, clusters and policies have tests of their own. */
const foreign = ({ text, file }: Block): boolean =>
  /(?:^|\/)(?:build|cluster|prometheus|kit\.policy)\.yml$/.test(file ?? '') ||
  text.startsWith('#cloud-config');

const manifests = pages.flatMap(({ page, blocks, dir }) =>
  blocks
    .filter((block) => block.language === 'yaml' && !foreign(block))
    .map((block) => ({ page, dir, ...block, title: block.file ?? block.text.split('\n', 1)[0] ?? '' })),
);

/** What kit says of manifests before it looks for their images. */
async function errorsOf(dir: string, ...texts: readonly string[]): Promise<KitError[]> {
  try {
    const merged = mergeManifests(texts.map((text, at) => parseManifest(text, `${at}.yml`, dir)));
    await checkManifest(merged, { cwd: dir }, {});
    return [];
  } catch (thrown) {
    return thrown instanceof KitErrors ? [...thrown.errors] : [thrown as KitError];
  }
}

/** In parts of manifests, packages, volumes and services may be those of the reader. */
const ofTheReader =
  /^Cannot find package "\.\/|^Cannot find file |^there is no volume |`services:` has none of that name/;

describe('manifests in the documentation', () => {
  for (const { dir, blocks } of pages)
    for (const { file, text } of blocks.filter((block) => block.file)) {
      mkdirSync(dirname(join(dir, file ?? '')), { recursive: true });
      writeFileSync(join(dir, file ?? ''), text);
    }

  const whole = manifests.filter(({ file }) => file);
  const parts = manifests.filter(({ file }) => !file);

  test('are found', () => {
    expect(whole.length).toBeGreaterThan(8);
    expect(parts.length).toBeGreaterThan(20);
  });

  test.each(whole)('$page: $title is one that boots', async ({ dir, text }) => {
    expect(await errorsOf(dir, text)).toEqual([]);
    const { kernel, init } = parseManifest(text, 'x.yml', dir);
    expect([kernel?.value.image?.text, ...init.map(({ value }) => value.text)]).toContain('pkg/init');
    expect(kernel?.value.image).toBeDefined();
  });

  test.each(parts)('$page: $title …', async ({ dir, text }) => {
    const errors = await errorsOf(dir, base, text);
    expect(errors.map(({ message }) => message).filter((message) => !ofTheReader.test(message))).toEqual([]);
  });
});

const runs = pages.flatMap(({ page, text, blocks }) => {
  const files = blocks.flatMap(({ file }) => file ?? []);
  const named = commandsOf(page, text)
    .filter(({ whole }) => whole)
    .flatMap(({ text: line }) => wordsOf(line));
  return files.some((file) => /^[^/]+\.yml$/.test(file))
    ? [{ page, files, named: named.filter((word) => /^[^@]+\.yml$/.test(word)) }]
    : [];
});

test.each(runs)('the commands of $page name its own manifests, or examples', ({ files, named }) => {
  const known = (file: string) => files.includes(file) || existsSync(join(kitRoot, file));
  expect(named.filter((file) => !known(file))).toEqual([]);
});
