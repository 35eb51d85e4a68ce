import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { testTools } from '../support/tools.ts';
import { writeWrapper } from '../support/wrapper.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('generated code is what "npm run generate" writes', { timeout: 300_000 }, async () => {
  const out = join(folder, 'lib');
  const protoc = await writeWrapper(await testTools(), 'protoc', folder);
  const env = { PATH: `${kitRoot}/node_modules/.bin:/usr/bin:/bin`, PROTOC: protoc };
  execFileSync('sh', [join(kitRoot, 'lib/generate.sh'), out], { env });
  for (const room of ['control', 'containerd']) {
    const now = filesBelow(join(out, room, 'generated'));
    expect(filesBelow(join(kitRoot, 'lib', room, 'generated'))).toEqual(now);
    expect(Object.keys(now).length).toBeGreaterThan(0);
  }
});

test('where protoc is missing, generated code stays', () => {
  mkdirSync(join(folder, 'old/control/generated'), { recursive: true });
  writeFileSync(join(folder, 'old/control/generated/control.ts'), 'old');
  const env = { ...process.env, PROTOC: join(folder, 'no-protoc') };
  const { status } = spawnSync('sh', [join(kitRoot, 'lib/generate.sh'), join(folder, 'old')], { env });
  expect(status).toBe(1);
  expect(filesBelow(join(folder, 'old'))).toEqual({ 'control/generated/control.ts': 'old' });
});

function filesBelow(dir: string): Record<string, string> {
  const paths = (readdirSync(dir, { recursive: true }) as string[]).sort();
  const files = paths.filter((path) => statSync(join(dir, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}
