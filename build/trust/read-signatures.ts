import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readImageManifest, readIndex } from '../../lib/oci/read.ts';
import type { Descriptor, Digest, ImageManifest } from '../../lib/oci/types.ts';
import type { RegistryClient, Repository } from '../registry/client.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { bundleLimit, isBundleType } from '../signing/bundle.ts';
import type { FoundSignature } from '../signing/claim.ts';
import { signatureAnnotation, simpleSigningLimit, simpleSigningType } from '../signing/simple-signing.ts';
import { signaturePredicate } from '../signing/statement.ts';
import type { Work } from '../work.ts';

/** Referrers of one image, and signatures and bytes that are read of them: above any real number. */
const mostReferrers = 5000;
const mostSignatures = 64;
const mostBytes = 32 << 20;

/** `sha256-3f2a…`, for registries without a list of referrers (distribution spec, "Referrers Tag Schema"). */
export const referrersTag = (digest: Digest): string => digest.replace(':', '-');

/** cosign's own tag. */
export const cosignTag = (digest: Digest): string => `${referrersTag(digest)}.sig`;

/** Predicates of bundles among the referrers: cosign and kit write the type into an annotation. */
export const predicateAnnotation = 'dev.sigstore.bundle.predicateType';

/**
 * The signatures of an image that its registry has, in all forms: bundles among its referrers, and cosign's
 * own tag. None of them is checked. @throws KitError for more than any image has, RegistryError
 */
export async function readSignatures(
  repository: Repository,
  digest: Digest,
  client: RegistryClient,
  work: Work,
): Promise<ReadSignatures> {
  const reader = new Reader(repository, digest, client, work);
  await reader.addReferrers(signaturePredicate, 'signatures');
  await reader.addSimpleSignings();
  return reader;
}

/**
 * The bundles among the referrers of an image that may be statements of this type. None of them is checked.
 * @throws KitError for more than any image has, RegistryError
 */
export async function readStatements(
  repository: Repository,
  digest: Digest,
  predicateType: string,
  client: RegistryClient,
  work: Work,
): Promise<ReadSignatures> {
  const reader = new Reader(repository, digest, client, work);
  await reader.addReferrers(predicateType, 'statements');
  return reader;
}

export interface ReadSignatures {
  readonly found: readonly FoundSignature[];
  /** Why others were not read, one sentence each. */
  readonly skipped: readonly string[];
}

/** The manifests that refer to an image. @throws RegistryError */
export async function referrersOf(
  { registry, repository }: Repository,
  digest: Digest,
  client: RegistryClient,
): Promise<readonly Descriptor[]> {
  const listed = await client.referrers({ registry, repository }, digest, mostReferrers);
  if (listed) return listed;
  const tagged = await manifestOf(client, { registry, repository, tag: referrersTag(digest) });
  if (!tagged) return [];
  const { manifests } = readIndex(tagged.bytes, `referrers of ${digest}`);
  if (manifests.length <= mostReferrers) return manifests;
  throw new KitError(`Cannot read the referrers of ${digest}: they are more than ${mostReferrers}`);
}

/** Of an empty configuration: the fall-back tag of cosign has it in place of the artifact type. */
export const emptyType = 'application/vnd.oci.empty.v1+json';

/** Whether a referrer may be a bundle with this predicate: others are not read. */
function mayState({ artifactType = emptyType, annotations }: Descriptor, predicateType: string): boolean {
  const predicate = annotations?.[predicateAnnotation];
  const mayBe = artifactType === emptyType || isBundleType(artifactType);
  return mayBe && (predicate === undefined || predicate === predicateType);
}

class Reader implements ReadSignatures {
  readonly found: FoundSignature[] = [];
  readonly skipped: string[] = [];
  #bytes = 0;
  readonly #repository: Repository;
  readonly #digest: Digest;
  readonly #client: RegistryClient;
  readonly #work: Work;

  constructor(repository: Repository, digest: Digest, client: RegistryClient, work: Work) {
    this.#repository = repository;
    this.#digest = digest;
    this.#client = client;
    this.#work = work;
  }

  /** @param what they are, for people */
  async addReferrers(predicateType: string, what: string): Promise<void> {
    const referrers = await referrersOf(this.#repository, this.#digest, this.#client);
    const candidates = referrers.filter((one) => mayState(one, predicateType));
    for (const one of candidates.slice(0, mostSignatures)) await this.#addBundles(one);
    if (candidates.length > mostSignatures) {
      this.skipped.push(`${candidates.length} referrers may be ${what}: only ${mostSignatures} were read`);
    }
  }

  /** Of one referrer, whose layers are bundles. */
  async #addBundles(referrer: Descriptor): Promise<void> {
    const { registry, repository } = this.#repository;
    const document = await manifestOf(this.#client, { registry, repository, digest: referrer.digest });
    const manifest = document && readable(document.bytes);
    for (const layer of manifest?.layers ?? []) {
      if (!isBundleType(layer.mediaType)) continue;
      const bytes = await this.#blob(layer, bundleLimit);
      if (bytes) this.found.push({ form: 'bundle', digest: layer.digest, bytes });
    }
  }

  async addSimpleSignings(): Promise<void> {
    const { registry, repository } = this.#repository;
    const document = await manifestOf(this.#client, { registry, repository, tag: cosignTag(this.#digest) });
    const manifest = document && readable(document.bytes);
    for (const layer of manifest?.layers ?? []) {
      const signature = layer.annotations?.[signatureAnnotation];
      if (layer.mediaType !== simpleSigningType || signature === undefined) continue;
      const bytes = await this.#blob(layer, simpleSigningLimit);
      if (bytes) this.found.push({ form: 'cosign', digest: layer.digest, bytes, signature });
    }
  }

  /** Undefined for one that is too much: anybody who may push could else make every check fail. */
  async #blob(blob: Descriptor, limit: number): Promise<Buffer | undefined> {
    const skip = (why: string): undefined => void this.skipped.push(`signature ${blob.digest}: ${why}`);
    if (blob.size > limit) return skip(`it has ${blob.size} bytes, more than ${limit}`);
    if (this.found.length >= mostSignatures) return skip(`there are more than ${mostSignatures}`);
    if (this.#bytes + blob.size > mostBytes) return skip(`together they have more than ${mostBytes} bytes`);
    this.#bytes += blob.size;
    return this.#work.cache.scratch(async (scratch) => {
      const file = join(scratch, 'signature');
      await this.#client.blob(this.#repository, blob, file);
      return readFile(file);
    });
  }
}

/** Undefined for what is no manifest: anybody who may push could else make every check fail with its text. */
function readable(bytes: Buffer): ImageManifest | undefined {
  try {
    return readImageManifest(bytes, 'a signature');
  } catch (thrown) {
    if (thrown instanceof KitError) return undefined;
    throw thrown;
  }
}

/** Undefined where the registry has none. */
export async function manifestOf(
  client: RegistryClient,
  reference: Parameters<RegistryClient['manifest']>[0],
): Promise<{ readonly bytes: Buffer } | undefined> {
  try {
    return await client.manifest(reference);
  } catch (thrown) {
    if (thrown instanceof RegistryError && thrown.status === 404) return undefined;
    throw thrown;
  }
}
