import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type Digest, isManifestType } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { failureOf } from '../registry/registry-error.ts';
import { keysText, openBundle } from '../signing/bundle.ts';
import type { FoundSignature } from '../signing/claim.ts';
import { claimAbout, shownSignature } from '../signing/open-signature.ts';
import type { VerifyKey } from '../signing/public-key.ts';
import { predicateIn } from '../signing/statement.ts';
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
    const reasons: string[] = [];
    for (const one of found.toReversed()) {
      try {
        return predicateOf(one, kind, digest, keys);
      } catch (thrown) {
        if (!(thrown instanceof KitError)) throw thrown;
        reasons.push(reasonOf(thrown).replace(/^Cannot (?:use|read) "([^"]+)": /, '$1: '));
      }
    }
    const why = [...reasons.reverse(), ...skipped].slice(-3).join('; ');
    throw new KitError(
      `Cannot find a statement "${kind}" about image "${name}" (${digest}) by ${keysText(keys)}`,
      { hint: why || `its registry has none; kit sign --attest ${kind} makes one` },
    );
  } catch (thrown) {
    throw failureOf(`Cannot read the statements about "${name}"`, thrown);
  }
}

async function imageDigest(reference: Reference, client: RegistryClient, work: Work): Promise<Digest> {
  const { subjects } = await subjectsOf(reference, reference.digest, 'all', client);
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

/** @throws KitError that says why it states nothing of this kind about the image */
function predicateOf(
  found: FoundSignature,
  kind: StatementKind,
  digest: Digest,
  keys: readonly VerifyKey[],
): unknown {
  const shown = shownSignature(found);
  const statement = openBundle(found.bytes, keys, shown);
  const { predicateType } = statement;
  if (predicateType !== predicateTypes[kind])
    throw new KitError(`Cannot use "${shown}": it is of type "${predicateType}"`);
  claimAbout(statement, [digest], shown);
  return predicateIn(statement);
}
