import { KitError } from '../../lib/errors/errors.ts';
import type { ArchiveReading, ArchiveRef } from '../reference/archive-ref.ts';
import { isSameName } from '../reference/reference.ts';
import type { ImportedImage } from '../transfer/archives/imported.ts';

/**
 * The image of an archive that a reference means; one for each platform, where the archive lists them one by
 * one. @throws KitError when that is none, or several
 */
export function chosenImages(
  images: readonly ImportedImage[],
  { name, at, digest }: ArchiveReading,
  ref: ArchiveRef,
): readonly ImportedImage[] {
  const cannot = (why: string, hint?: string): KitError =>
    new KitError(`Cannot use image "${ref.text}": ${why}`, { hint });
  const placed = at === undefined ? images : images.filter((_one, index) => index === at);
  if (placed.length === 0) throw cannot(`it holds ${images.length} images, counted from 0`);
  const named = name === undefined ? placed : ofName(placed, name);
  if (named.length === 0) throw cannot(`it holds no image "${name}"`, namesHint(images));
  const found = digest === undefined ? named : named.filter(({ descriptor }) => descriptor.digest === digest);
  if (found.length === 0) {
    const digests = named.map(({ descriptor }) => `"${descriptor.digest}"`).join(', ');
    throw cannot(`its digest is ${digests}`);
  }
  const [fault] = found.flatMap((one) => one.fault ?? []);
  if (fault && found.length === 1) throw cannot(fault.message.replace(/^Cannot import "[^"]*": /, ''));
  if (found.length === 1 || isOneByPlatform(found)) return found;
  throw cannot(`it holds ${found.length} images`, namesHint(found));
}

/** Whether these are one image for several platforms, which another tool would put into an index. */
function isOneByPlatform(images: readonly ImportedImage[]): boolean {
  const platforms = images.map(({ descriptor: { platform } }) => platform?.architecture);
  const names = new Set(images.map(({ texts }) => texts.toSorted().join(' ')));
  return names.size === 1 && !platforms.includes(undefined) && new Set(platforms).size === images.length;
}

/** The images of this very name, else of this reference, else with this tag. */
function ofName(images: readonly ImportedImage[], wanted: string): readonly ImportedImage[] {
  const tests = [
    (name: string) => name === wanted,
    (name: string) => isSameName(name, wanted),
    (name: string) => name.endsWith(`:${wanted}`),
  ];
  const found = tests.map((test) => images.filter(({ texts }) => texts.some(test)));
  return found.find((some) => some.length > 0) ?? [];
}

/** Bytes of a hint. */
const longest = 1000;

function namesHint(images: readonly ImportedImage[]): string {
  const names = images.flatMap(({ names, texts }) => (names.length > 0 ? names : texts));
  if (names.length === 0) {
    return images.length === 1
      ? 'the image in it has no name: leave the name away'
      : 'they have no names: add their place in the archive, :@0 for the first';
  }
  const list = [...new Set(names)].join(', ');
  return `add one of its names after a colon: ${list.length > longest ? `${list.slice(0, longest)}…` : list}`;
}
