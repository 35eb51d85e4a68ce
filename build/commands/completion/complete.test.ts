import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testContext } from '../../host/testing.ts';
import { machineDir } from '../../machine/records/folder.ts';
import { writeRecord } from '../../machine/records/record.ts';
import { testRecord } from '../../machine/testing/record.ts';
import { completions } from './complete.ts';

let dir: string;
const env = () => ({ KIT_STATE: join(dir, 'state'), KIT_CACHE: join(dir, 'cache'), HOME: dir });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-complete-'));
  for (const path of ['web.yml', 'notes.txt', 'site/app.yaml', 'web/build.yml', 'pkg/x/build.yml', '.git/x'])
    put(path);
  for (const [name, state] of [
    ['t1', 'running'],
    ['t2', 'starting'],
    ['old', 'stopped'],
  ] as const) {
    const folder = machineDir(env(), name);
    mkdirSync(folder, { recursive: true });
    await writeRecord(folder, testRecord(name, { state }));
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

function put(path: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), '');
}

/** The candidates for the last word, then `:files` or `:folders`. */
async function complete(line: string): Promise<string[]> {
  const context = testContext({ cwd: dir, env: env() });
  const { candidates, shell } = await completions(line.split(' '), context);
  return [...candidates.map(({ value }) => value), ...(shell ? [`:${shell}`] : [])];
}

describe('words are completed', () => {
  test.each<[line: string, wanted: string[]]>([
    ['bu', ['build']],
    ['help ca', ['cache']],
    ['--cache x ex', ['explain', 'exec']],
    ['--ca', ['--cache']],
    ['cache ex', ['export']],
    ['cache --debug ex', ['export']],
    ['build --off', ['--offline']],
    ['build --dry', ['--dry-run']],
    ['build --arch ', ['amd64', 'arm64']],
    ['build -a ar', ['arm64']],
    ['build --arch=ar', ['--arch=arm64']],
    ['build --format iso-e', ['iso-efi', 'iso-efi-initrd']],
    ['build --format uki,vm', ['uki,vmdk']],
    ['cache export --format o', ['oci']],
    ['run --networking ', ['user', 'none', 'tap,', 'bridge,']],
    ['build --dir ', [':folders']],
    ['run --data-file ', [':files']],
    ['build w', ['web.yml', 'web/']],
    ['build site/', ['site/app.yaml']],
    ['build --arch arm64 -- w', ['web.yml', 'web/']],
    ['run ', ['qemu', 'container', 'pkg/', 'site/', 'state/', 'web.yml', 'web/']],
    ['run container s', ['site/', 'state/']],
    ['pkg build ', ['pkg/', 'site/', 'state/', 'web']],
    ['pkg build pkg/', ['pkg/x']],
    ['logs ', ['old', 't1', 't2']],
    ['shutdown t1 ', ['t2']],
    ['exec ', ['t1', 't2']],
    ['exec t1 web --', []],
    ['exec t1 --', ['--host', '--debug-image']],
    ['cp t', ['t1:', 't2:', ':files']],
    ['schema ', ['manifest', 'build']],
    ['completion z', ['zsh']],
    ['frob ', []],
    ['version x ', []],
    ['metadata create x ', []],
  ])('%s', async (line, wanted) => {
    expect(await complete(line)).toEqual(wanted);
  });
});

test('candidates are described', async () => {
  const { candidates } = await completions(['logs', 't1'], testContext({ cwd: dir, env: env() }));
  expect(candidates).toEqual([{ value: 't1', about: 'running' }]);
});
