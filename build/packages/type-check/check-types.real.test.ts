import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderError } from '../../../lib/errors/render.ts';
import { kitRoot } from '../../host/paths.ts';
import { outdatedNames } from '../outdated.ts';
import { Workshop } from '../testing.ts';
import { checkNow } from './check-now.ts';

// Counts the checks.
vi.mock('./check-now.ts', { spy: true });

let shop: Workshop;
beforeEach(() => {
  shop = new Workshop();
  shop.write('app/build.yml', 'image: app\nservice: ./src/main.ts\n');
  shop.write('app/package.json', '{"name": "app", "type": "module"}');
  shop.write('app/package-lock.json', '{}');
  const compilerOptions = { strict: true, module: 'nodenext', types: [], lib: ['es2024'] };
  shop.write('app/tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  shop.write('app/src/main.ts', "import { text } from './text.js';\nexport const shown: string = text;\n");
  shop.write('app/src/text.ts', "export const text = 'hello';\n");
  shop.write('app/node_modules/.package-lock.json', '{}');
  symlinkSync(join(kitRoot, 'node_modules/typescript'), shop.path('app/node_modules/typescript'));
  vi.mocked(checkNow).mockClear();
});
afterEach(() => shop.remove());

const build = (work = shop.work) => shop.builder(work).image(shop.path('app'));

/** How often the package was checked; the libraries below it have nothing to check. */
const checks = (): number =>
  vi.mocked(checkNow).mock.calls.filter(([dir]) => dir === shop.path('app')).length;

/** Waits until the times of files are old enough to be relied on (`tickMs` of inputs.ts). */
const settle = (): Promise<void> => sleep(120);

test('a type error stops the build, with its place and line', async () => {
  shop.write('app/src/text.ts', 'export const text = 1;\nexport const other: string = 2;\n');
  const thrown = await build().catch((error: unknown) => error);
  const shown = renderError(thrown);
  expect(shown).toContain('app/src/main.ts:2:14');
  expect(shown).toContain("Type 'number' is not assignable to type 'string' (TS2322)");
  expect(shown).toMatch(/export const shown: string = text;\n.* {13}\^/);
  expect(shown).toContain('app/src/text.ts:2:14');
  expect(shown).toContain('2 errors');
  expect(shown).toContain('--no-check builds without a check of types');
  // It is said again, and the check can be left out.
  await expect(build()).rejects.toThrow('TS2322');
  expect(await build({ ...shop.work, checkTypes: false })).toMatchObject({
    name: expect.stringMatching(/^kit\/app:/),
  });
});

test('an unchanged project is not checked again, a changed one is', async () => {
  await settle();
  await build();
  expect(checks()).toBe(1);
  await settle();
  await build();
  expect(checks()).toBe(1);
  shop.write('app/src/new.ts', 'export const wrong: string = 1;\n');
  await expect(build()).rejects.toThrow('TS2322');
  expect(checks()).toBe(2);
});

test('nothing is written into the project', async () => {
  const before = readdirSync(shop.path('app'), { recursive: true });
  await build();
  expect(readdirSync(shop.path('app'), { recursive: true })).toEqual(before);
});

test('the record of a folder that is gone is removed with outdated images', async () => {
  await settle();
  await build();
  const folder = join(shop.work.cache.dir, 'packages');
  const kept = () => readdirSync(folder).filter((name) => name.startsWith('types-'));
  await outdatedNames(shop.work.cache.dir, []);
  expect(kept().length).toBeGreaterThan(1);
  rmSync(shop.path('app'), { recursive: true });
  rmSync(shop.path('libs'), { recursive: true });
  await outdatedNames(shop.work.cache.dir, []);
  expect(kept()).toEqual([]);
});

test('a tsconfig.json that TypeScript refuses is one sentence', async () => {
  shop.write('app/tsconfig.json', '{"compilerOptions": {"modul": "nodenext"}}');
  await expect(build()).rejects.toThrow(/Unknown compiler option 'modul'/);
});

test('without TypeScript or tsconfig.json nothing is checked', async () => {
  shop.write('app/build.yml', 'image: app\nservice: ./src/text.ts\n');
  shop.write('app/src/text.ts', 'export const text: string = 1;\n');
  shop.write('plain/build.yml', 'image: plain\nservice: ./main.ts\n');
  shop.write('plain/main.ts', 'export const text: string = 1;\n');
  await shop.builder().image(shop.path('plain'));
  await expect(build()).rejects.toThrow('TS2322');
});
