import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bodyBytes } from '../../lib/archive/tar.ts';
import { testWork } from '../testing.ts';
import { xzOf } from '../tools/xz.ts';
import { debEntries } from './deb.ts';
import { fetchDebs } from './fetch.ts';
import { newestPackages } from './newest.ts';
import { debianSource } from './source.ts';

test("the keyring is that of Debian's package, and verifies Debian's own releases", async () => {
  const work = testWork();
  const name = 'debian-archive-keyring';
  const [deb = ''] = await fetchDebs(
    await newestPackages(debianSource({ packages: [name], depends: false }), work),
    work,
  );
  for await (const entry of debEntries(deb, await xzOf(work), work)) {
    if (entry.path !== `usr/share/keyrings/${name}.pgp`) continue;
    expect(readFileSync(join(import.meta.dirname, `keyring/${name}.pgp`))).toEqual(await bodyBytes(entry));
    return;
  }
  throw new Error('the package has no keyring');
}, 120_000);
