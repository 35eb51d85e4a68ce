import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bodyBytes } from '../../lib/archive/tar.ts';
import { testWork } from '../testing.ts';
import { xzOf } from '../tools/xz.ts';
import { newestPackages } from './archive/newest.ts';
import { debEntries } from './deb.ts';
import { fetchDebs } from './fetch.ts';
import { debianSource } from './source.ts';

/** The package that the keyring is of, as in keyring/README.md. */
const [name, version] = ['debian-archive-keyring', '2025.1'] as const;

test("the keyring verifies Debian's own release, and is that of Debian's package", async () => {
  const work = testWork();
  const source = debianSource({ packages: [name], depends: false });
  const [found] = await newestPackages(source, work);
  // A newer package has other keys; those of this one go on verifying the suite.
  if (found?.version !== version) return;
  const [deb = ''] = await fetchDebs([found], work);
  const files = new Map<string, Buffer>();
  for await (const entry of debEntries(deb, await xzOf(work), work)) {
    if (entry.path === `usr/share/keyrings/${name}.pgp`) files.set(entry.path, await bodyBytes(entry));
  }
  expect([...files.values()]).toEqual([readFileSync(join(import.meta.dirname, `keyring/${name}.pgp`))]);
}, 120_000);
