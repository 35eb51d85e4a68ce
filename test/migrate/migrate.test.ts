import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildImage } from '../../build/build.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';

/** What kit migrate makes of LinuxKit's examples (build/migrate/testdata): those that need no registry. */
const folder = mkdtempSync(join(tmpdir(), 'kit-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ...['minimal', 'addbinds', 'getty', 'node_exporter', 'sshd', 'static-ip', 'tpm', 'vsudd-containerd'],
  ...['platform-azure', 'platform-hetzner', 'platform-scaleway'],
])('%s builds', { timeout: 600_000 }, async (name) => {
  const text = readFileSync(join(kitRoot, 'build/migrate/testdata/kit', `${name}.yml`), 'utf8');
  mkdirSync(join(folder, '.ssh'), { recursive: true });
  writeFileSync(join(folder, '.ssh/id_rsa.pub'), 'ssh-ed25519 AAAA test\n');
  writeFileSync(join(folder, `${name}.yml`), text);
  const options = { dir: join(folder, 'out'), name, formats: ['kernel+initrd'], cwd: folder };
  const work = testWork();
  const files = await buildImage([`${name}.yml`], options, { ...work, env: { ...work.env, HOME: folder } });
  expect(files.files.map(({ path }) => path.replace(/.*\//, '')).toSorted()).toEqual([
    `${name}-cmdline`,
    `${name}-initrd.img`,
    `${name}-kernel`,
  ]);
});
