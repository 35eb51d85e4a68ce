import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needs } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { writeWrapper } from '../support/wrapper.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** protoc of the tools tree as one program; undefined where apt is missing, which fetches it. */
async function protoc(): Promise<{ path: string } | undefined> {
  if (spawnSync('apt-get', ['--version']).error) return undefined;
  return { path: await writeWrapper(await testTools(), 'protoc', folder) };
}

const found = await protoc();

test('generated code is what "npm run generate" writes', {
  timeout: 300_000,
  ...needs('apt, to fetch protoc', found !== undefined),
}, () => {
  if (!found) return;
  const out = join(folder, 'lib');
  const env = { PATH: `${kitRoot}/node_modules/.bin:/usr/bin:/bin`, PROTOC: found.path };
  execFileSync('sh', [join(kitRoot, 'lib/generate.sh'), out], { env });
  for (const room of ['control', 'containerd']) {
    const now = filesBelow(join(out, room, 'generated'));
    expect(filesBelow(join(kitRoot, 'lib', room, 'generated'))).toEqual(now);
    expect(Object.keys(now).length).toBeGreaterThan(0);
  }
});

function filesBelow(dir: string): Record<string, string> {
  const paths = (readdirSync(dir, { recursive: true }) as string[]).sort();
  const files = paths.filter((path) => statSync(join(dir, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}
