import { KitError } from '../../../lib/errors/errors.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import type { DiskEntry, Entry, Located, Manifest } from '../types.ts';

/**
 * The entry of `onboot` that `disks:` and volumes of the host stand for. One of this name in the manifest
 * takes its place.
 */
export const disksEntry = { name: 'disks', image: 'pkg/disks', encryptedImage: 'pkg/disks-crypt' } as const;

/**
 * Adds the program that prepares the disks: as the first container of the boot, or behind the one that brings
 * a key.
 * @throws KitError for a key that would come too late
 */
export function withDisksEntry(manifest: Manifest): Manifest {
  const { disks, onboot } = manifest;
  const [first] = [...disks, ...manifest.volumes.filter(({ value }) => value.share !== undefined)];
  if (!first) return manifest;
  const own = onboot.findIndex(({ value }) => value.name === disksEntry.name);
  const behind = behindKeys(disks, own < 0 ? onboot : onboot.slice(0, own), own >= 0);
  const isEncrypted = disks.some(({ value }) => value.encrypt);
  const given = onboot[own];
  if (given) {
    if (isEncrypted) refusePlainImage(given);
    return manifest;
  }
  const { origin } = first;
  const image = parseImageRef(isEncrypted ? disksEntry.encryptedImage : disksEntry.image, origin);
  // Errors of the entry are shown where the disks are.
  const place = () => origin.place();
  const entry = { value: { name: disksEntry.name, image }, origin: { ...origin, place } };
  return { ...manifest, onboot: onboot.toSpliced(behind, 0, entry) };
}

/**
 * Where in `onboot` the disks have all their keys. @param before the entries that may bring them
 * @param isPlaced whether the manifest says itself where the disks come
 */
function behindKeys(
  disks: readonly Located<DiskEntry>[],
  before: readonly Located<Entry>[],
  isPlaced: boolean,
): number {
  const fromKeyring = disks.find(({ value }) => keyOf(value)?.keyctl !== undefined);
  if (fromKeyring && !isPlaced)
    throw keyError(
      fromKeyring,
      'the keyring, which is empty before the first entry of `onboot`',
      afterFiller,
    );
  const fromMetadata = disks.find(({ value }) => keyOf(value)?.metadata !== undefined);
  if (!fromMetadata) return 0;
  const bringer = before.findIndex(({ value }) => isMetadata(value));
  if (bringer < 0) throw keyError(fromMetadata, 'metadata, which no entry of `onboot` reads before', readIt);
  return bringer + 1;
}

/** Where the key of a disk comes from; undefined without one, and for one that is thrown away. */
export const keyOf = ({ encrypt }: DiskEntry) => (typeof encrypt?.key === 'object' ? encrypt.key : undefined);

const afterFiller = `put \`- {name: ${disksEntry.name}, image: ${disksEntry.encryptedImage}}\` behind the entry that fills it`;
const readIt = 'add pkg/metadata to `onboot`, before the disks';

const isMetadata = ({ name, image }: Entry): boolean =>
  name === 'metadata' || /^pkg\/metadata(?:-cloud)?$/.test(image.text);

const keyError = ({ value, origin }: Located<DiskEntry>, from: string, hint: string): KitError =>
  new KitError(`Disk "${value.name}" takes its key from ${from}`, {
    place: origin.place(['encrypt', 'key']),
    hint,
  });

function refusePlainImage({ value, origin }: Located<Entry>): void {
  if (value.image.text !== disksEntry.image) return;
  throw new KitError(`Cannot encrypt disks with "${value.image.text}": it has no cryptsetup`, {
    place: origin.place(['image']),
    hint: `image: ${disksEntry.encryptedImage}`,
  });
}
