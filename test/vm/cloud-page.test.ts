import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { blocksOf, sectionOf } from '../docs/blocks.ts';
import { scratch } from '../support/machine.ts';
import { needs, needsRoot } from '../support/needs.ts';
import { run } from '../support/run-kit.ts';
import { Reader, readersPrograms, withFreePorts } from './reader.ts';

const onRequest = needs('KIT_ALL_PAGES=1, for machines of minutes', process.env.KIT_ALL_PAGES === '1');

/** As the page advises for emulated machines. */
const patient = (manifest: string): string =>
  manifest.replace('--timeout, "10"', '--timeout, "120"').replace(
    'image: pkg/metadata-cloud\n',
    `image: pkg/metadata-cloud
    command: [/usr/bin/node, --disable-warning=ExperimentalWarning, /service/main.mjs, --patience, "60"]\n`,
  );

/**
 * A home with a key and a checkout of kit. OpenSSH looks for keys in the home that /etc/passwd names, and not
 * in $HOME, so it is told.
 */
async function makeHome(home: string, bin: string): Promise<void> {
  const key = join(home, '.ssh/id_ed25519');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await symlink(kitRoot, join(home, 'kit'));
  const ssh = `#!/bin/sh\nexec /usr/bin/ssh -F none -i '${key}' "$@"\n`;
  await writeFile(join(bin, 'ssh'), ssh, { mode: 0o755 });
}

test('docs/clouds.md: "Trying it here" does what it says', {
  ...needsRoot('a network namespace'),
  ...onRequest,
}, async () => {
  await using folder = await scratch();
  const bin = await readersPrograms(folder.dir);
  await makeHome(folder.dir, bin);
  const variables = [`HOME=${folder.dir}`, `KIT_CACHE=${cacheDir(process.env)}`];
  await using reader = new Reader(join(folder.dir, 'work'), bin, variables);
  const markdown = await readFile(join(kitRoot, 'docs/clouds.md'), 'utf8');
  for (const { file, text } of blocksOf(markdown)) if (file) await reader.write(file, patient(text));
  const section = sectionOf(markdown, 'Trying it here');
  const blocks = blocksOf(section).filter(({ language }) => language === 'sh');
  expect(blocks).toHaveLength(2);
  for (const { text } of blocks) {
    const withPorts = await withFreePorts(text);
    // `unshare` starts a shell, in which the other lines are typed.
    const [first = '', ...rest] = withPorts(text).trim().split('\n');
    const inside = first.startsWith('unshare');
    if (inside) expect(first).toMatch(/# as root: unshare --net$/);
    const lines = inside ? [...rest, 'kill $!'] : [first, ...rest];
    await reader.write('typed.sh', ['set -e', ...lines, ''].join('\n'));
    const { status, stdout, stderr } = await reader.type(`${inside ? 'unshare --net ' : ''}sh typed.sh`);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout.split('\n'), stderr).toContain('web');
  }
});
