import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { kit } from '../../test/support/run-kit.ts';
import { kitRoot } from '../host/paths.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-lint-kernel-'));
afterAll(() => rmSync(dir, { recursive: true }));

const options = 'CONFIG_X86_64=y\nCONFIG_PROC_KMEM=y\n';

test("kit's own kernel misses nothing that is not waived", { timeout: 600_000 }, async () => {
  const manifest = join(kitRoot, 'examples/minimal.yml');
  const { status, stdout, stderr } = await kit('lint', '--kernel', '--strict', manifest);
  expect({ status, stderr: stderr.match(/^error.*/m)?.[0] }).toEqual({ status: 0, stderr: undefined });
  expect(stdout).toMatch(/^\d+ recommendations followed, 0 missing, \d+ waived$/m);
});

test('a configuration, packed too, and one inside a kernel are read', async () => {
  const inside = Buffer.concat([Buffer.from('\0IKCFG_ST'), gzipSync(options), Buffer.from('IKCFG_ED')]);
  for (const bytes of [Buffer.from(options), gzipSync(options), inside]) {
    const file = join(dir, 'config');
    writeFileSync(file, bytes);
    const { status, stdout } = await kit('lint', '--kernel', '--strict', '--json', file);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).missing).toContainEqual(
      expect.objectContaining({ option: 'PROC_KMEM', want: 'n', has: 'y' }),
    );
  }
});

test('a file without a configuration is an error that says what to name', async () => {
  const file = join(dir, 'other');
  writeFileSync(file, Buffer.alloc(5000, 1));
  const { status, stderr } = await kit('lint', '--kernel', file);
  expect(status).toBe(1);
  expect(stderr).toContain(`Cannot find the configuration of the kernel in "${file}"`);
});
