import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { serviceKind, taskKind } from '../../build/manifest/fields/entry.ts';
import { manifestFields } from '../../build/manifest/fields.ts';
import { buildFields } from '../../build/packages/definition/fields.ts';
import { LanguageServer } from './language-server.ts';

let server: LanguageServer;
beforeAll(async () => {
  server = await LanguageServer.start();
});
afterAll(() => server[Symbol.dispose]());

/** Files in the folder of the examples, which name their schema by a relative path. */
const inExamples = (name: string): string => join(kitRoot, 'examples', name);
const manifestLine = '# yaml-language-server: $schema=../docs/manifest.schema.json';
const buildLine = '# yaml-language-server: $schema=../docs/build.schema.json';

test.each([
  ['manifest', 'wrong.yml', `${manifestLine}\nservices:\n  - name: x\n    imagee: pkg/x\n`, 3, 'imagee'],
  ['build.yml', 'wrong-build.yml', `${buildLine}\nimage: x\nservise: ./main.ts\n`, 2, 'servise'],
])('a wrong key in a %s is reported in its line', async (_kind, name, text, line, key) => {
  const found = await server.open(inExamples(name), text);
  const rows = found.map(({ message, range }) => [range.start.line, message]);
  expect(rows).toContainEqual([line, `Property ${key} is not allowed.`]);
});

test('a missing key and a value of the wrong type are reported', async () => {
  const text = `${manifestLine}\nservices:\n  - name: x\n    readonly: [1]\n`;
  const messages = (await server.open(inExamples('missing.yml'), text)).map(({ message }) => message);
  expect(messages).toEqual(
    expect.arrayContaining(['Missing property "image".', 'Incorrect type. Expected "boolean".']),
  );
});

test.each<[where: string, text: string, line: number, character: number, keys: readonly string[]]>([
  ['at the top of a manifest', `${manifestLine}\n\n`, 1, 0, Object.keys(manifestFields)],
  ['in a service', `${manifestLine}\nservices:\n  - \n`, 2, 4, Object.keys(serviceKind.fields)],
  ['in a task', `${manifestLine}\nonboot:\n  - name: x\n    \n`, 3, 4, Object.keys(taskKind.fields).slice(1)],
  ['at the top of a build.yml', `${buildLine}\n\n`, 1, 0, Object.keys(buildFields)],
])('completion offers %s the keys there are, and no other', async (where, text, line, character, keys) => {
  const file = inExamples(`${where.replaceAll(' ', '-')}.yml`);
  await server.open(file, text);
  expect((await server.completions(file, line, character)).toSorted()).toEqual(keys.toSorted());
});

test('hovering over a key shows what it means', async () => {
  const file = inExamples('hover.yml');
  await server.open(file, `${manifestLine}\nkernel:\n  cmdline: x\n`);
  expect(await server.hover(file, 2, 4)).toContain(manifestFields.kernel.kind.fields.cmdline.help);
  const build = inExamples('hover-build.yml');
  await server.open(build, `${buildLine}\nimage: x\n`);
  expect(await server.hover(build, 1, 2)).toContain(buildFields.image.help);
});

const yamlFiles = readdirSync(inExamples(''), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.yml') && !/node_modules|\.github/.test(name),
);

test.each(yamlFiles)('examples/%s names its schema, and an editor finds nothing wrong', async (name) => {
  const text = readFileSync(inExamples(name), 'utf8');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
  const folder = dirname(inExamples(name));
  // A repository of one's own has kit as an npm package.
  const installed = join(inExamples('own-repo'), 'node_modules/@kitlinux/kit');
  const file = resolve(folder, schema).replace(installed, kitRoot);
  expect(file).toMatch(/\/docs\/(?:manifest|build|cluster)\.schema\.json$/);
  expect(await server.open(inExamples(name), text.replace(schema, relative(folder, file)))).toEqual([]);
});
