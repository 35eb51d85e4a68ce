import { KitError } from '../../../lib/errors/errors.ts';
import { type ImageRef, parseImageRef } from '../../reference/image-ref.ts';
import type { KeyPath } from '../check.ts';
import { imageKind } from '../fields/common-kinds.ts';
import { templatePrefix } from '../templates.ts';
import type { Located, Manifest, ManifestOrigin } from '../types.ts';

const lists = ['onboot', 'onshutdown', 'services', 'volumes'] as const;

type Plain = Readonly<Record<string, unknown>>;

/**
 * The value of a manifest with its image references parsed (build/reference). Anything that is not of the
 * manifest's form stays as it is. @param errors is given those of references
 */
export function withImageRefs(value: unknown, origin: ManifestOrigin, errors: KitError[]): unknown {
  if (!isPlain(value)) return value;
  const isDamaged = errors.length > 0;
  const parsed = (text: unknown, path: KeyPath): unknown => {
    if (typeof text !== 'string' || !imageKind.pattern.test(text)) return text;
    // A template that could not be resolved is an error already.
    if (isDamaged && text.startsWith(templatePrefix)) return text;
    try {
      return parseImageRef(text, origin);
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      const hint = thrown.hint ?? 'packages are named "pkg/name" or "./folder"';
      errors.push(new KitError(thrown.message, { place: origin.place(path), hint, cause: thrown }));
      return undefined;
    }
  };
  const entry = (item: unknown, path: KeyPath): unknown =>
    isPlain(item) && 'image' in item ? { ...item, image: parsed(item.image, [...path, 'image']) } : item;
  const listed = (key: string, each: (item: unknown, path: KeyPath) => unknown): object => {
    const items = value[key];
    return Array.isArray(items) ? { [key]: items.map((item, at) => each(item, [key, at])) } : {};
  };
  return {
    ...value,
    ...('kernel' in value && { kernel: entry(value.kernel, ['kernel']) }),
    ...listed('init', parsed),
    ...Object.assign({}, ...lists.map((key) => listed(key, entry))),
  };
}

/** An item with the text of its reference, as it is written. */
export function withImageText<T extends { readonly image?: ImageRef }>(
  item: T,
): Omit<T, 'image'> & { readonly image?: string } {
  const { image } = item;
  // The keys keep their order.
  return image ? { ...item, image: image.text } : (item as Omit<T, 'image'>);
}

/** All image references of the manifest with their positions, in order. */
export function imageRefs(manifest: Manifest): Located<ImageRef>[] {
  const { kernel, init, volumes, onboot, onshutdown, services } = manifest;
  const below = ({ value, origin }: Located<{ readonly image?: ImageRef }>): Located<ImageRef>[] => {
    return value.image === undefined ? [] : [imageRef(value.image, origin)];
  };
  const entries = [...volumes, ...onboot, ...onshutdown, ...services];
  return [...(kernel ? below(kernel) : []), ...init, ...entries.flatMap(below)];
}

/** The reference of an item that has an `image` key. */
export function imageRef(image: ImageRef, origin: ManifestOrigin): Located<ImageRef> {
  return { value: image, origin: { ...origin, place: () => origin.place(['image']) } };
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
