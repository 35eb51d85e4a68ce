import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { blocksOf } from '../docs/blocks.ts';
import { needsContainers } from '../support/containers.ts';
import { isRoot, removeTree } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';
import { needsPacking, PackedKit } from './packed.ts';

/**
 * Runs a command where the checkout is an empty folder, so that nothing of it can be opened. Without root's
 * rights it stays where it is, and the tests in test/npm/package.test.ts have to suffice.
 */
const hideCheckout = isRoot
  ? ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none "$0" && exec "$@"', kitRoot]
  : ['env'];

describe('a repository of somebody else', { ...needsPacking, ...needsContainers }, () => {
  let packed: PackedKit;
  let repo: string;

  beforeAll(async () => {
    packed = await PackedKit.make();
    repo = join(packed.dir, 'my repo');
    cpSync(join(kitRoot, 'examples/own-repo'), repo, { recursive: true });
    await packed.run(repo, 'npm', 'install', '--save-dev', packed.archive);
  }, 600_000);
  afterAll(() => removeTree(packed.dir));

  const hidden = (cwd: string, ...command: string[]): Promise<string> => {
    const [file = '', ...args] = [...hideCheckout, ...command];
    return packed.run(cwd, file, ...args);
  };

  test('the checkout is out of reach', async () => {
    if (isRoot) expect(await hidden(repo, 'ls', '-A', kitRoot)).toBe('');
    expect(existsSync(join(kitRoot, 'package.json'))).toBe(true);
  });

  test('docs/own-project.md, followed word for word', async () => {
    const page = readFileSync(join(kitRoot, 'docs/own-project.md'), 'utf8');
    const folder = join(packed.dir, 'my-machine');
    let output = '';
    for (const { language, text: block, file } of blocksOf(page)) {
      if (language === 'sh') {
        // The name in npm's registry is not there before the package is published.
        const script = block.replaceAll('--save-dev @kitlinux/kit', `--save-dev '${packed.archive}'`);
        const cwd = existsSync(folder) ? folder : packed.dir;
        output += await hidden(cwd, 'sh', '-ec', script);
      } else if (file) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), block);
      }
    }
    expect(output).toMatch(/^Hello$/m);
    expect(output).toContain('request {"path":"/"}');
    expect(output).toContain('image: ./web');
    expect(output).toMatch(/Tests .*1 passed/);
  }, 900_000);

  test('its check passes: types and lint', async () => {
    await hidden(repo, 'npm', 'run', 'check');
  }, 300_000);

  test('its tests pass, with a machine', async () => {
    expect(await hidden(repo, 'npm', 'test')).toMatch(/Tests .*3 passed/);
  }, 900_000);

  test('a machine runs, and a debugger connects', async () => {
    const bin = join(repo, 'node_modules/.bin/kit');
    await hidden(repo, bin, 'run', 'container', '--detach', '--name', 'own', 'app.yml');
    try {
      expect(JSON.parse(await hidden(repo, bin, 'ps', '--json'))).toMatchObject([
        { name: 'own', state: 'running' },
      ]);
      const [file = '', ...args] = [...hideCheckout, bin, 'debug', 'own', 'web', '--port', '0'];
      const debug = spawn(file, args, { cwd: repo, env: packed.environment() });
      const [first] = await once(debug.stdout, 'data');
      expect(String(first)).toMatch(/127\.0\.0\.1:\d+/);
      debug.kill('SIGINT');
      await once(debug, 'close');
    } finally {
      await hidden(repo, bin, 'stop', 'own');
    }
  }, 600_000);

  test("kit's own images are, byte for byte, those that the checkout builds", async () => {
    const bin = join(repo, 'node_modules/.bin/kit');
    const theirs = imagesIn(await hidden(repo, bin, 'cache', 'ls', '--json'));
    const names = ['init', 'dhcp', 'supervisor', 'libs', 'crun'].map((name) => join(kitRoot, 'pkg', name));
    const { status, stderr } = await kit('pkg', 'build', ...names);
    expect(status, stderr).toBe(0);
    const ours = imagesIn((await kit('cache', 'ls', '--json')).stdout);
    const both = [...theirs].filter(([name]) => name.startsWith('kit/') && ours.has(name));
    expect(both.length).toBeGreaterThanOrEqual(names.length);
    expect(both.filter(([name, digest]) => ours.get(name) !== digest)).toEqual([]);
  }, 600_000);
});

function imagesIn(listing: string): Map<string, string> {
  const { images } = JSON.parse(listing) as { images: { name: string; arch: string; digest: string }[] };
  return new Map(images.map(({ name, arch, digest }) => [`${name} ${arch}`, digest]));
}
