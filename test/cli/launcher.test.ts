import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { isRoot, needsRoot, removeTree } from '../support/needs.ts';
import { type Ended, RunningKit } from './world.ts';

/** A checkout with only the launcher, whose npm installs a fake Node that prints its arguments. */
let home: string;

/** A script that writes the fake Node, which leaves the launcher's own small programs to the real one. */
const fakeNode = (line: string): string => `mkdir -p node_modules/.bin
cat >node_modules/.bin/node <<'END'
#!/bin/sh
[ "$1" != -e ] || exec '${process.execPath}' "$@"
${line}
END
chmod +x node_modules/.bin/node`;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kit-launcher-'));
  chmodSync(home, 0o755);
  copyFileSync(join(kitRoot, 'kit'), join(home, 'kit'));
  writeFileSync(join(home, 'package-lock.json'), '{}');
  npm(`rm -rf node_modules; sleep 0.2; ${fakeNode('echo "ran $*"')}`);
});
afterEach(() => removeTree(home));

function npm(script: string): void {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin/npm'), `#!/bin/sh\necho "$*" >> npm.log\n${script}\n`, { mode: 0o755 });
}

function launch(file = join(home, 'kit'), path = `${join(home, 'bin')}:${process.env.PATH}`): Promise<Ended> {
  return new RunningKit(file, ['version'], '/', { PATH: path, HOME: home }).ended;
}

const ran = (): string => `ran --disable-warning=ExperimentalWarning ${home}/build/start.ts version\n`;

test('two concurrent starts install once; works through a symbolic link', async () => {
  symlinkSync('kit', join(home, 'link'));
  const both = await Promise.all([launch(), launch()]);
  expect([...both, await launch(join(home, 'link'))]).toEqual(
    Array.from({ length: 3 }, () => ({ status: 0, stdout: ran(), stderr: '' })),
  );
  expect(readFileSync(join(home, 'npm.log'), 'utf8')).toBe(
    'ci --ignore-scripts --include=dev --loglevel=error\n',
  );
});

test('installs again if package-lock.json has changed', async () => {
  await launch();
  writeFileSync(join(home, 'package-lock.json'), '{"changed": true}');
  expect(await launch()).toMatchObject({ status: 0, stdout: ran() });
  expect(readFileSync(join(home, 'npm.log'), 'utf8').split('\n')).toHaveLength(3);
});

test('a failed install prints one error, and the next one works', async () => {
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

/** Drops root's rights, which include writing to any folder. */
function launchWithoutRights(env: Record<string, string> = {}): Promise<Ended> {
  const words = [
    ...(isRoot ? ['setpriv', '--reuid', '65534', '--clear-groups'] : ['env']),
    join(home, 'kit'),
  ];
  const all = { PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, ...env };
  return new RunningKit(words[0] ?? '', [...words.slice(1), 'version'], '/', all).ended;
}

test('a complete read-only checkout is used unchanged; an incomplete one is an error', async () => {
  chmodSync(home, 0o555);
  expect(await launchWithoutRights()).toEqual({
    status: 1,
    stdout: '',
    stderr: `error: Cannot install what kit needs: "${home}" cannot be written to
(hint: run kit once as the owner of the checkout, or use a checkout of your own)
`,
  });
  chmodSync(home, 0o755);
  await launch();
  chmodSync(home, 0o555);
  expect(await launchWithoutRights()).toEqual({ status: 0, stdout: ran(), stderr: '' });
  expect(readFileSync(join(home, 'npm.log'), 'utf8')).toBe(
    'ci --ignore-scripts --include=dev --loglevel=error\n',
  );
});

/** Where Node keeps compiled code, by the launcher's choice. */
async function compiledAt(env: Record<string, string>): Promise<string> {
  npm(fakeNode(`echo "\${NODE_COMPILE_CACHE:-nowhere}"`));
  await launch();
  return (await launchWithoutRights(env)).stdout.trim();
}

/** A folder of the user that launchWithoutRights runs as. */
function folderOf(path: string, uid = 65534): string {
  mkdirSync(path, { recursive: true });
  for (let folder = path; folder !== home; folder = dirname(folder)) if (isRoot) chownSync(folder, uid, uid);
  return path;
}

test('compiled code is kept in the cache', async () => {
  const at = (path: string): string => join(realpathSync(home), path);
  folderOf(at('h/.cache/kit/compile'));
  folderOf(at('x y/kit/compile'));
  folderOf(at('k/compile'));
  expect(await compiledAt({ HOME: at('h') })).toBe(at('h/.cache/kit/compile'));
  expect(await compiledAt({ HOME: at('h'), XDG_CACHE_HOME: at('x y') })).toBe(at('x y/kit/compile'));
  expect(await compiledAt({ HOME: at('h'), KIT_CACHE: at('k') })).toBe(at('k/compile'));
  expect(await compiledAt({ HOME: at('h'), LINUXKIT_CACHE: at('k') })).toBe(at('k/compile'));
  expect(await compiledAt({ HOME: at('none') })).toBe('nowhere');
  expect(await compiledAt({ HOME: '' })).toBe('nowhere');
});

test('compiled code that another user has planted is not run', needsRoot('another user'), async () => {
  // As in /tmp, where the attacker made .cache before: HOME=/tmp, or a service without a home.
  const shared = join(home, 'tmp');
  folderOf(join(shared, '.cache/kit/compile'), 65533);
  chmodSync(shared, 0o1777);
  expect(await compiledAt({ HOME: shared })).toBe('nowhere');
  // One's own folder in another's, who may put another one in its place.
  chownSync(join(shared, '.cache/kit/compile'), 65534, 65534);
  expect(await compiledAt({ HOME: shared })).toBe('nowhere');
  for (const folder of ['.cache/kit', '.cache', '']) chownSync(join(shared, folder), 65534, 65534);
  expect(await compiledAt({ HOME: shared })).toBe(join(realpathSync(home), 'tmp/.cache/kit/compile'));
  chmodSync(join(shared, '.cache'), 0o777);
  expect(await compiledAt({ HOME: shared })).toBe('nowhere');
});

test('without npm, the error says what to install', async () => {
  mkdirSync(join(home, 'empty'));
  expect(await launch(join(home, 'kit'), join(home, 'empty'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'error: Cannot find "npm", which installs what kit needs\n(hint: install Node 20 or newer ' +
        'together with npm)\n',
    ),
  });
});
