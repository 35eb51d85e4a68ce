import { dirname, join } from 'node:path';
import { combineErrors, KitError, KitErrors, type SourcePosition } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { isUrl } from '../manifest/fetch.ts';
import type { Located } from '../manifest/types.ts';
import { cacheNames, type ImageRef, refKey, withDigest } from '../reference/image-ref.ts';
import type { Work } from '../work.ts';
import { damagedLayers } from './damaged-layers.ts';
import { entryDigest } from './entry-digest.ts';
import { type ImageLock, lockFileName, readImageLock } from './lock-file.ts';
import { lockName } from './names.ts';

/** The kit.lock files that a manifest's references are checked against, for `--locked`. */
export interface ImageLocks {
  /** The reference to resolve: foreign images by their locked digest, since a tag may have moved. */
  wanted(ref: Located<ImageRef>): ImageRef | undefined;
  /** @throws KitErrors for all images whose digest differs from the locked one, else for damaged layers */
  check(imageOf: (ref: Located<ImageRef>) => ResolvedImage): Promise<void>;
}

/** @throws KitErrors for all references that are not locked */
export async function readImageLocks(refs: readonly Located<ImageRef>[], work: Work): Promise<ImageLocks> {
  const digests = await lockedDigests(refs, work);
  const names = await foreignNames(refs, digests, work);
  return {
    wanted: (ref) => names.get(keyOf(ref)),
    async check(imageOf) {
      const found = refs.map(async (ref): Promise<KitError[]> => {
        const image = imageOf(ref);
        const digest = ref.value.kind === 'package' ? image.digest : await entryDigest(image, work);
        const locked = digests(ref);
        return digest === locked ? [] : [otherImage(ref, locked ?? '', digest)];
      });
      const others = (await Promise.all(found)).flat();
      const errors = others.length > 0 ? others : await damagedLayers(refs, imageOf);
      if (errors.length > 0) throw combineErrors(errors);
    },
  };
}

/** Each folder has its own lock, so one name can mean two images. */
const keyOf = ({ value, origin }: Located<ImageRef>): string => `${origin.folder}\0${refKey(value)}`;

type DigestOf = (ref: Located<ImageRef>) => Digest | undefined;

async function lockedDigests(refs: readonly Located<ImageRef>[], { arch }: Work): Promise<DigestOf> {
  const folders = new Set(refs.map(({ origin }) => origin.folder));
  const locks = new Map<string, ImageLock | undefined>();
  for (const folder of folders) locks.set(folder, await readImageLock(folder));
  const digestOf = (ref: Located<ImageRef>): Digest | undefined => {
    const locked = locks.get(ref.origin.folder)?.get(lockName(ref));
    return typeof locked === 'object' ? locked[arch] : locked;
  };
  const errors = refs.filter((ref) => digestOf(ref) === undefined).map((ref) => notLocked(ref, locks, arch));
  if (errors.length > 0) throw new KitErrors(errors);
  return digestOf;
}

function notLocked(
  ref: Located<ImageRef>,
  locks: ReadonlyMap<string, ImageLock | undefined>,
  arch: string,
): KitError {
  const { origin } = ref;
  const lock = locks.get(origin.folder);
  const known = lock?.has(lockName(ref));
  const why = lock
    ? `kit.lock does not have it${known ? ` for ${arch}` : ''}`
    : `there is no "${shownLock(origin.file)}"`;
  const hint = `kit lock ${origin.file}${known ? ` --arch ${arch}` : ''} adds it`;
  return new KitError(`Cannot use image "${ref.value.text}" with --locked: ${why}`, {
    place: origin.place(),
    hint,
  });
}

/** The lock's path for messages. For standard input and URLs, the lock is in the current folder. */
const shownLock = (file: string): string =>
  file === '-' || isUrl(file) ? lockFileName : join(dirname(file), lockFileName);

/**
 * References with a digest, for images of registries that the cache lacks under the plain name with this
 * digest. An archive is the file that it is: its image is compared afterwards.
 */
async function foreignNames(
  refs: readonly Located<ImageRef>[],
  digestOf: DigestOf,
  { cache, arch }: Work,
): Promise<ReadonlyMap<string, ImageRef>> {
  const names = new Map<string, ImageRef>();
  for (const one of refs) {
    const digest = digestOf(one);
    if (one.value.kind !== 'registry' || one.value.name.digest || digest === undefined) continue;
    const stored = cacheNames(one.value).map((name) => cache.refs.get(name, arch));
    const has = (await Promise.all(stored)).some((entry) => entry?.digest === digest);
    if (!has) names.set(keyOf(one), withDigest(one.value, digest));
  }
  return names;
}

function otherImage(ref: Located<ImageRef>, locked: string, found: string): KitError {
  const { value, origin } = ref;
  const place: SourcePosition = origin.place();
  const message = `Cannot use image "${value.text}" with --locked: kit.lock has ${locked}, and it is ${found}`;
  const hint =
    value.kind === 'package'
      ? `what it is made of has changed since; kit lock ${origin.file} accepts that`
      : `kit lock ${origin.file} accepts it`;
  return new KitError(message, { place, hint });
}
