import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { type Ended, RunningKit } from './world.ts';

/** A checkout with nothing in it but the launcher; its npm installs a Node that says what it was asked to run. */
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kit-launcher-'));
  copyFileSync(join(kitRoot, 'kit'), join(home, 'kit'));
  writeFileSync(join(home, 'package-lock.json'), '{}');
  npm(`rm -rf node_modules; mkdir -p node_modules/.bin; sleep 0.2
    printf '#!/bin/sh\\necho "ran $*"\\n' > node_modules/.bin/node; chmod +x node_modules/.bin/node`);
});
afterEach(() => rmSync(home, { recursive: true }));

function npm(script: string): void {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin/npm'), `#!/bin/sh\necho "$*" >> npm.log\n${script}\n`, { mode: 0o755 });
}

function launch(file = join(home, 'kit'), path = `${join(home, 'bin')}:${process.env.PATH}`): Promise<Ended> {
  return new RunningKit(file, ['version'], '/', { PATH: path, HOME: home }).ended;
}

const ran = (): string => `ran --disable-warning=ExperimentalWarning ${home}/build/main.ts version\n`;

test('installs once, for two that start at once, and for a link to it', async () => {
  symlinkSync('kit', join(home, 'link'));
  const both = await Promise.all([launch(), launch()]);
  expect([...both, await launch(join(home, 'link'))]).toEqual(
    Array.from({ length: 3 }, () => ({ status: 0, stdout: ran(), stderr: '' })),
  );
  expect(readFileSync(join(home, 'npm.log'), 'utf8')).toBe('ci --loglevel=error\n');
});

test('installs again when package-lock.json has changed', async () => {
  await launch();
  writeFileSync(join(home, 'package-lock.json'), '{"changed": true}');
  expect(await launch()).toMatchObject({ status: 0, stdout: ran() });
  expect(readFileSync(join(home, 'npm.log'), 'utf8').split('\n')).toHaveLength(3);
});

test('an install that fails is one sentence, and the next one works', async () => {
  const good = readFileSync(join(home, 'bin/npm'), 'utf8');
  npm('echo "npm error network" >&2; mkdir -p node_modules; exit 7');
  expect(await launch()).toEqual({
    status: 1,
    stdout: '',
    stderr: `npm error network
error: Cannot install what kit needs: npm ci failed
(hint: npm says why above; it needs its registry, and room on the disk)
`,
  });
  writeFileSync(join(home, 'bin/npm'), good);
  expect(await launch()).toMatchObject({ status: 0, stdout: ran() });
});

test('a host without npm is told what to install', async () => {
  mkdirSync(join(home, 'empty'));
  expect(await launch(join(home, 'kit'), join(home, 'empty'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'error: Cannot find "npm", which installs what kit needs\n(hint: install Node 20 or newer together with npm)\n',
    ),
  });
});
