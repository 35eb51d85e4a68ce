import { type Descriptor, isManifestType, type Platform } from '../../lib/oci/types.ts';
import { isAttestation } from './attestations.ts';

/**
 * Variants of an architecture, the one to take first (image-spec, image-index.md, "Platform Variants"): which
 * CPU the machine has is not known, so the one that every CPU has comes before those of newer ones. 32-bit
 * ARM is v7 where nothing else is said, as for Docker.
 */
const variants: Readonly<Record<string, readonly string[]>> = {
  amd64: ['', 'v1', 'v2', 'v3', 'v4'],
  arm64: ['', 'v8'],
  arm: ['v7', '', 'v6', 'v5'],
};

/**
 * The manifests that may be the image for an architecture, the best first. Those without a platform come
 * last, which is then in the configuration alone.
 */
export function candidates(manifests: readonly Descriptor[], architecture: string): Descriptor[] {
  const images = manifests.filter(isImage);
  const order = variants[architecture] ?? [''];
  const rank = ({ platform }: Descriptor): number => {
    const found = order.indexOf(platform?.variant ?? '');
    return found < 0 ? order.length : found;
  };
  const fitting = images.filter(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === architecture,
  );
  const unstated = images.filter(({ platform }) => !platform);
  // Each has to be read to know what it is.
  return [...fitting.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1), ...unstated.slice(0, mostUnstated)];
}

const mostUnstated = 16;

const isImage = (one: Descriptor): boolean =>
  isManifestType(one.mediaType) && !isAttestation(one) && one.artifactType === undefined;

/** `linux/arm64`; none for attestations and artifacts. */
export const platformNames = ({ os, architecture }: Platform): string[] =>
  os === 'unknown' || os === '' ? [] : [`${os}/${architecture}`];

/** The platforms that an image has, for messages: each once. */
export const platformsOf = (manifests: readonly Descriptor[]): string[] => [
  ...new Set(manifests.filter(isImage).flatMap(({ platform }) => (platform ? platformNames(platform) : []))),
];
