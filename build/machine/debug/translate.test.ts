import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptTranslator } from './translate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kit-translate-'));
});
afterEach(() => rm(folder, { recursive: true }));

const parsed = (sourceMapURL: string): string =>
  JSON.stringify({
    method: 'Debugger.scriptParsed',
    params: { url: 'file:///usr/lib/kit/web/main.mjs', sourceMapURL },
  });

async function mapOf(message: string): Promise<Record<string, unknown>> {
  const { sourceMapURL } = (JSON.parse(message) as { params: { sourceMapURL: string } }).params;
  const [, base64 = ''] = sourceMapURL.split('data:application/json;base64,');
  return JSON.parse(Buffer.from(base64, 'base64').toString()) as Record<string, unknown>;
}

test('a source map of the container becomes one with files of this host', async () => {
  await writeFile(join(folder, 'main.ts'), 'run();\n');
  const map = { version: 3, sources: ['/web/main.ts', '/web/../../etc/passwd'], mappings: 'AAAA' };
  const reads: string[] = [];
  const translate = scriptTranslator(
    async (path) => {
      reads.push(path);
      return JSON.stringify(map);
    },
    [folder],
  );
  const translated = await mapOf(await translate(parsed('main.mjs.map')));
  expect(translated).toMatchObject({
    ...{ mappings: 'AAAA', sourceRoot: '' },
    sources: [pathToFileURL(join(folder, 'main.ts')).href, 'kit:///web/../../etc/passwd'],
    sourcesContent: ['run();\n', null],
  });
  await translate(parsed('main.mjs.map'));
  expect(reads).toEqual(['/usr/lib/kit/web/main.mjs.map']);
});

test.each([
  ['another message', '{"method":"Debugger.paused","params":{}}'],
  ['a script without a source map', parsed('')],
  ['an inline source map', parsed('data:application/json;base64,e30=')],
  ['a source map that cannot be read', parsed('missing.map')],
])('%s is passed on unchanged', async (_title, message) => {
  const translate = scriptTranslator(async () => undefined, [folder]);
  expect(await translate(message)).toBe(message);
});
