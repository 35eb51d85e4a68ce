import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Key } from 'openpgp';
import { bodyBytes } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { xzDecompressed } from '../../binary/xz/xz.ts';
import { derivedJson } from '../../cache/derived.ts';
import { inScratch } from '../../cache/scratch.ts';
import type { Work } from '../../work.ts';
import { debEntries } from '../deb.ts';
import { fetchDebs } from '../fetch.ts';
import { debianSource, type LockedPackage } from '../source.ts';
import { newestPackages } from './newest.ts';
import { checksums, type PublishedSource } from './published-sources.ts';
import { archiveKeyring } from './release.ts';
import { keysOf, signedText } from './signed-text.ts';

/**
 * Checks the signature of a source package's .dsc (dsc(5)), and that it names the files that the archive
 * lists with it. It is signed by who has uploaded it: with a key of the package debian-keyring, or, for an
 * archive of one's own, a key of the setting debian.keyring. @throws KitError
 */
export async function checkDsc({ files }: PublishedSource, work: Work): Promise<void> {
  const [dsc] = files.filter(({ filename }) => filename.endsWith('.dsc'));
  if (!dsc) return;
  const [file = ''] = await fetchDebs([dsc], work);
  const key = `dsc 1 ${dsc.sha256} ${archiveKeyring(work)}`;
  const { text } = await derivedJson(work, key, () =>
    work.progress.task(`Check the signature of ${basename(dsc.filename)}`, async () => ({
      text: await signedBySomeone(await readFile(file, 'utf8'), dsc, work),
    })),
  );
  const named = new Map(checksums(tableOf(text)).map(({ file, sha256 }) => [file, sha256]));
  const others = files.filter((one) => one !== dsc);
  const wrong = others.find(({ filename, sha256 }) => named.get(basename(filename)) !== sha256);
  if (wrong) {
    throw refused(dsc, `it does not name the files that the archive lists with it`);
  }
}

async function signedBySomeone(message: string, dsc: LockedPackage, work: Work): Promise<string> {
  const wrong = (reason: string, cause?: unknown): KitError => refused(dsc, reason, cause);
  try {
    return await signedText(message, await keysOf(archiveKeyring(work)), wrong);
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
    const keys = await developersKeys(work).catch(() => undefined);
    if (!keys) throw thrown;
    return signedText(message, keys, wrong);
  }
}

/** The keys of those who may upload to Debian: reading all thousand takes seconds. */
async function developersKeys(work: Work): Promise<Key[]> {
  const [locked] = await newestPackages(debianSource({ packages: ['debian-keyring'], depends: false }), work);
  const [deb = ''] = locked ? await fetchDebs([locked], work) : [];
  return inScratch(work.cache.dir, async (scratch) => {
    const keys: Key[] = [];
    for await (const entry of debEntries(deb, xzDecompressed, work)) {
      const { path, type } = entry;
      if (type !== 'file' || !/\/debian-(?:keyring|maintainers)\.(?:pgp|gpg)$/.test(path)) continue;
      const file = join(scratch, basename(path));
      await writeFile(file, await bodyBytes(entry));
      keys.push(...(await keysOf(file)));
    }
    return keys;
  });
}

/** The field of a .dsc with the hashes of its files. */
const tableOf = (text: string): string =>
  /^Checksums-Sha256:[ \t]*\n((?:[ \t].*\n?)+)/m.exec(text)?.[1] ?? '';

function refused({ name, version }: LockedPackage, reason: string, cause?: unknown): KitError {
  const shown = `${name.replace(/^src:/, '')} ${version}`;
  return new KitError(`Cannot trust the source package ${shown}: ${reason}`, {
    cause,
    hint: 'the setting debian.keyring (KIT_DEBIAN_KEYRING) names the keys of an archive of your own',
  });
}
