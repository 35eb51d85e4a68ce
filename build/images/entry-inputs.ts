import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sections } from '../../lib/bundle/bundle.ts';
import { combineErrors, KitError, KitErrors, reasonOf } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { isUrl } from '../manifest/fetch.ts';
import { imageRef } from '../manifest/images/image-refs.ts';
import type { Entry, Located, Manifest, ManifestOrigin } from '../manifest/types.ts';
import { parseProfile, type SeccompProfile } from '../spec/containment/profile.ts';
import { imageHints } from '../spec/image/image-hints.ts';
import type { ImageUser } from '../spec/image/image-user.ts';
import type { ImageVolume } from '../spec/image/image-volumes.ts';
import type { Work } from '../work.ts';
import { imageUser } from './image-user.ts';
import { imageVolumes } from './image-volumes.ts';
import type { ImageOf } from './manifest-images.ts';

/** What the specs of a manifest's entries need that is neither in it nor in the configs of its images. */
export interface EntryInputs {
  /** The profiles of `seccomp: FILE`, by absolute path. */
  readonly profiles: ReadonlyMap<string, SeccompProfile>;
  /**
   * The users of images that do not run as root, by the images' digests; an error only matters to entries
   * that would run as that user.
   */
  readonly users: ReadonlyMap<string, ImageUser | KitError>;
  /** The folders that images declare as volumes, by the images' digests. */
  readonly volumes: ReadonlyMap<string, readonly ImageVolume[]>;
}

export const noInputs: EntryInputs = { profiles: new Map(), users: new Map(), volumes: new Map() };

/** The absolute path of a profile that a manifest names. */
export const profilePath = (file: string, { folder }: ManifestOrigin): string => resolve(folder, file);

/** Reads them. @throws KitErrors with the places in the manifest or in the profiles */
export async function entryInputs(manifest: Manifest, imageOf: ImageOf, work: Work): Promise<EntryInputs> {
  const profiles = new Map<string, SeccompProfile>();
  const users = new Map<string, ImageUser | KitError>();
  const images = new Map<string, ResolvedImage>();
  const errors: KitError[] = [];
  for (const entry of sections.flatMap((section) => manifest[section])) {
    const image = imageOf(imageRef(entry.value.image, entry.origin));
    images.set(image.digest, image);
    await addUser(image, users, work);
    await addProfile(entry, profiles).catch((thrown: unknown) => {
      if (thrown instanceof KitErrors) errors.push(...thrown.errors);
      else if (thrown instanceof KitError) errors.push(thrown);
      else throw thrown;
    });
  }
  const volumes = new Map<string, readonly ImageVolume[]>();
  for (const [digest, image] of images) {
    nameMissed(image, work);
    volumes.set(digest, await imageVolumes(image, work));
  }
  if (errors.length > 0) throw combineErrors(errors);
  return { profiles, users, volumes };
}

/** What its configuration says that kit does not do must not pass silently. */
function nameMissed({ name, config }: ResolvedImage, { progress }: Work): void {
  for (const text of imageHints(config.config).missed) progress.line(`Image "${name}": ${text}`);
}

async function addProfile(
  { value: { seccomp }, origin }: Located<Entry>,
  profiles: Map<string, SeccompProfile>,
): Promise<void> {
  if (seccomp === undefined || seccomp === 'default' || seccomp === 'unconfined') return;
  const path = profilePath(seccomp, origin);
  if (profiles.has(path)) return;
  const fail = (why: string): KitError =>
    new KitError(`Cannot read seccomp profile "${seccomp}": ${why}`, { place: origin.place(['seccomp']) });
  if (isUrl(origin.file)) throw fail('a manifest from a URL cannot name files of this host');
  const text = await profileText(path).catch((thrown) => {
    throw fail(reasonOf(thrown));
  });
  profiles.set(path, parseProfile(text, seccomp));
}

/** A FIFO would be waited for, and a device never ends. */
async function profileText(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is not a file');
  if (found.size > 1 << 20) throw new Error('it has more than 1 MiB');
  return readFile(path, 'utf8');
}

async function addUser(
  image: ResolvedImage,
  users: Map<string, ImageUser | KitError>,
  work: Work,
): Promise<void> {
  if (users.has(image.digest)) return;
  const user = await imageUser(image, work).catch((thrown: unknown) => {
    if (thrown instanceof KitError) return thrown;
    throw thrown;
  });
  if (user) users.set(image.digest, user);
}
