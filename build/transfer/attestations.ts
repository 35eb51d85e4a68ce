import { readImageManifest } from '../../lib/oci/read.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import { isMissing } from './missing-blob.ts';

/**
 * BuildKit's attestations: beside an image's manifest, the index has another manifest that refers to it by an
 * annotation and whose layers are in-toto statements (BuildKit, docs/attestations/attestation-storage.md).
 */
export const isAttestation = ({ annotations }: Descriptor): boolean =>
  annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';

/** The digest of the manifest that an attestation is about. */
export const subjectOf = ({ annotations }: Descriptor): string | undefined =>
  annotations?.['vnd.docker.reference.digest'];

/** `https://spdx.dev/Document`; empty if the annotation is missing. */
export const predicateTypeOf = ({ annotations }: Descriptor): string =>
  annotations?.['in-toto.io/predicate-type'] ?? '';

const statementType = 'application/vnd.in-toto+json';

/** Access to the blobs of an image, which may have to be fetched first. */
export interface BlobAccess {
  ensure(blob: Descriptor, what: string): Promise<void>;
  read(blob: Descriptor, what: string): Promise<Buffer>;
}

/** The statements about an image; fetches missing ones. @param name of the image, for messages */
export async function statementsAbout(
  image: Descriptor,
  manifests: readonly Descriptor[],
  { ensure, read }: BlobAccess,
  name: string,
): Promise<Descriptor[]> {
  const about = manifests.filter((one) => isAttestation(one) && subjectOf(one) === image.digest);
  const statements: Descriptor[] = [];
  for (const attestation of about) {
    try {
      const { config, layers } = readImageManifest(
        await read(attestation, 'an attestation'),
        `attestation of ${name}`,
      );
      for (const blob of [config, ...layers]) await ensure(blob, 'a statement');
      statements.push(...layers.filter(({ mediaType }) => mediaType === statementType));
    } catch (thrown) {
      // Copies of a single platform and archives lack the attestations; the image itself is complete.
      if (!isMissing(thrown)) throw thrown;
    }
  }
  return statements;
}
