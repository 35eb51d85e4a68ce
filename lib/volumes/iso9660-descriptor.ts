import type { RandomAccess } from './random-access.ts';

/** Bytes of a logical block, the unit of every position in an ISO 9660 volume, and of a volume descriptor. */
export const blockBytes = 2048;

/**
 * The block of the first volume descriptor, the primary one (ECMA-119 6.2.1). Before it lies the system area.
 */
export const firstDescriptor = 16;

/** ECMA-119 8.1.1, and El Torito 2.0 for boot records. */
export const descriptorTypes = { boot: 0, primary: 1, supplementary: 2, terminator: 255 } as const;

/** The identifier of every descriptor, after its type. */
export const standardIdentifier = 'CD001';

/** The volume descriptor of this number, 0 for the primary one; undefined when there is none. */
export async function readDescriptor(source: RandomAccess, number: number): Promise<Buffer | undefined> {
  const descriptor = await source.read((firstDescriptor + number) * blockBytes, blockBytes);
  const isWhole = descriptor.length === blockBytes;
  return isWhole && descriptor.toString('latin1', 1, 6) === standardIdentifier ? descriptor : undefined;
}
