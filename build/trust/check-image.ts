import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor, Digest } from '../../lib/oci/types.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import { ruleFor } from '../policy/scopes.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import { clientOf } from '../registry/clients.ts';
import { failureOf } from '../registry/registry-error.ts';
import type { FoundSignature } from '../signing/claim.ts';
import { defaultSources, type Work } from '../work.ts';
import { imageText, isSigned, type Signed, type SignedThing, unfulfilled, wantedText } from './judge.ts';
import { readSignatures } from './read-signatures.ts';
import { storedSignatures, storeSignatures } from './stored-signatures.ts';

/** Fails for a manifest that a policy does not admit. */
export type CheckManifest = (manifest: Pick<Descriptor, 'digest'>) => Promise<void>;

/**
 * The check of an image of a registry under the policies of this work, before its layers are fetched or used:
 * its manifest must be signed, or the index (`entry`) that led to it.
 * Its errors say what is missing, and have the place of the rule.
 */
export function manifestCheck(
  reference: Reference,
  entry: Pick<Descriptor, 'digest'>,
  work: Work,
): CheckManifest {
  return async ({ digest }) => {
    const image = { reference, digests: [...new Set([entry.digest, digest])] };
    for (const policy of (work.sources ?? defaultSources).policies.all()) await obey(policy, image, work);
  };
}

/** Fails for an image whose name alone is enough for a policy to refuse it: its registry is not asked. */
export function checkName(reference: Reference, work: Work): void {
  for (const policy of (work.sources ?? defaultSources).policies.all()) {
    announce(policy, work);
    refuseWords(ruleFor(policy, reference), `image "${formatReference(reference)}"`);
  }
}

async function obey(policy: Policy, image: SignedThing, work: Work): Promise<void> {
  announce(policy, work);
  const rule = ruleFor(policy, image.reference);
  refuseWords(rule, `image ${imageText(image)}`);
  const wanted = rule.requirements.filter(isSigned);
  if (wanted.length > 0) await needSignatures(wanted, rule, image, work);
}

const announced = new WeakSet<Policy>();

/** Says once where the policy comes from. */
function announce(policy: Policy, { progress }: Work): void {
  if (announced.has(policy)) return;
  announced.add(policy);
  progress.line(`Images are checked by the policy "${policy.file}"`);
}

/** Refuses what needs no look at signatures. @param shown `image "x"` */
export function refuseWords({ requirements, place }: Rule, shown: string): void {
  for (const requirement of requirements) {
    if (requirement.kind === 'reject')
      throw new KitError(`Cannot use ${shown}: the policy rejects it`, { place });
    if (requirement.kind === 'unsupported') {
      const hint = 'kit checks "sigstoreSigned" with keys, "insecureAcceptAnything" and "reject"';
      throw new KitError(
        `Cannot use ${shown}: its policy asks for ${requirement.what}, which kit does not check`,
        {
          ...{ place, hint },
        },
      );
    }
  }
}

/** Looks at signatures that were kept, then at those of the registry: of the manifest, then of the index. */
async function needSignatures(
  wanted: readonly Signed[],
  rule: Rule,
  image: SignedThing,
  work: Work,
): Promise<void> {
  const { offline } = work.sources ?? defaultSources;
  const [own] = image.digests.slice(-1) as [Digest];
  let found = await storedSignatures(own, work);
  let missing = await missingOf(wanted, found, image);
  if (missing.length === 0) return;
  if (offline)
    throw refusal(missing, rule, image, '--offline is set, so its registry was not asked for signatures');
  found = [];
  const skipped: string[] = [];
  for (const digest of image.digests) {
    const read = await fetched(image, digest, work);
    found.push(...read.found);
    skipped.push(...read.skipped);
    missing = await missingOf(wanted, found, image);
    if (missing.length === 0) {
      await storeSignatures(own, found, work);
      return;
    }
  }
  throw refusal(missing, rule, image, foundText([...missing.flatMap(({ reasons }) => reasons), ...skipped]));
}

interface Missing {
  readonly requirement: Signed;
  readonly reasons: readonly string[];
}

async function missingOf(
  wanted: readonly Signed[],
  found: readonly FoundSignature[],
  image: SignedThing,
): Promise<Missing[]> {
  const missing: Missing[] = [];
  for (const requirement of wanted) {
    const reasons = await unfulfilled(requirement, found, image);
    if (reasons) missing.push({ requirement, reasons });
  }
  return missing;
}

async function fetched(
  image: SignedThing,
  digest: Digest,
  work: Work,
): Promise<Awaited<ReturnType<typeof readSignatures>>> {
  try {
    return await readSignatures(image.reference, digest, clientOf(work), work);
  } catch (thrown) {
    throw failureOf(`Cannot read the signatures of image ${imageText(image)}`, thrown);
  }
}

function refusal(missing: readonly Missing[], { place }: Rule, image: SignedThing, hint: string): KitError {
  const texts = missing.map(({ requirement }) => `no ${wantedText(requirement, image)}`);
  return new KitError(`Cannot use image ${imageText(image)}: ${texts.join(', and ')}`, { place, hint });
}

const mostReasons = 5;

function foundText(reasons: readonly string[]): string {
  const distinct = [...new Set(reasons)];
  if (distinct.length === 0) return 'its registry has no signatures of it; kit sign makes one';
  const more = distinct.length - mostReasons;
  return `${distinct.slice(0, mostReasons).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
