import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type Digest, isManifestType } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { keysText, openBundle } from '../signing/bundle.ts';
import type { FoundSignature } from '../signing/claim.ts';
import { shownSignature } from '../signing/open-signature.ts';
import type { VerifyKey } from '../signing/public-key.ts';
import { readStatements } from '../trust/read-signatures.ts';
import { subjectsOf } from '../trust/subjects.ts';
import type { Work } from '../work.ts';
import { predicateTypes, type StatementKind } from './types.ts';

/**
 * The predicate of a statement about an image that one of the keys has signed: for the work's architecture,
 * where the name stands for several images. Of several, the one that the registry lists last.
 * @throws KitError if there is none
 */
export async function findStatement(
  reference: Reference,
  kind: StatementKind,
  keys: readonly VerifyKey[],
  client: RegistryClient,
  work: Work,
): Promise<unknown> {
  const name = formatReference(reference);
  try {
    const digest = await imageDigest(reference, client, work);
    const { found, skipped } = await readStatements(reference, digest, predicateTypes[kind], client, work);
    const opened = found.map((one) => openAbout(one, kind, digest, keys));
    const good = opened.findLast((one) => !('reason' in one));
    if (good && 'predicate' in good) return good.predicate;
    const reasons = [...opened.flatMap((one) => ('reason' in one ? [one.reason] : [])), ...skipped];
    throw new KitError(
      `Cannot find a statement "${kind}" about image "${name}" (${digest}) by ${keysText(keys)}`,
      { hint: reasons.slice(-3).join('; ') || `its registry has none; kit sign --attest ${kind} makes one` },
    );
  } catch (thrown) {
    if (!(thrown instanceof RegistryError)) throw thrown;
    const message = `Cannot read the statements about "${name}": ${thrown.message}`;
    throw new KitError(message, { hint: thrown.hint, cause: thrown });
  }
}

async function imageDigest(reference: Reference, client: RegistryClient, work: Work): Promise<Digest> {
  const { subjects } = await subjectsOf(reference, reference.digest, client);
  const [own] = subjects;
  if (isManifestType(own.mediaType)) return own.digest;
  const image = subjects.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === work.arch,
  );
  if (image) return image.digest;
  throw new KitError(`Cannot find image "${formatReference(reference)}" for ${work.arch}`, {
    hint: '--arch chooses another',
  });
}

type Opened = { readonly predicate: unknown } | { readonly reason: string };

function openAbout(
  found: FoundSignature,
  kind: StatementKind,
  digest: Digest,
  keys: readonly VerifyKey[],
): Opened {
  const shown = shownSignature(found);
  try {
    const { subjects, predicateType, predicate } = openBundle(found.bytes, keys, shown);
    if (predicateType !== predicateTypes[kind])
      return { reason: `${shown}: it is of type "${predicateType}"` };
    if (subjects.some(({ sha256 }) => `sha256:${sha256}` === digest)) return { predicate };
    return { reason: `${shown}: it is about another image` };
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
    return { reason: reasonOf(thrown).replace(/^Cannot (?:use|read) "([^"]+)": /, '$1: ') };
  }
}
