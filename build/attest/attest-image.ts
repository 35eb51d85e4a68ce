import type { KeyObject } from 'node:crypto';
import { type Digest, isManifestType } from '../../lib/oci/types.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Arch } from '../host/arch.ts';
import { kitPackage } from '../host/kit-package.ts';
import { resolveImage } from '../images/resolve.ts';
import { bomText } from '../inventory/bom-text.ts';
import { imageItems } from '../inventory/image-items.ts';
import type { InventoryItem } from '../inventory/item.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import { clientOf } from '../registry/clients.ts';
import { failureOf } from '../registry/registry-error.ts';
import { signBundle } from '../signing/bundle.ts';
import { isAttestation } from '../transfer/attestations.ts';
import { attachBundle } from '../trust/attach.ts';
import { type PlatformSubject, subjectsOf } from '../trust/subjects.ts';
import type { Work } from '../work.ts';
import { provenanceOf } from './provenance.ts';
import { predicateTypes, type StatementKind } from './types.ts';

export interface AttestOptions {
  readonly key: KeyObject;
  readonly kinds: readonly StatementKind[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Images that have their statements already; grows. */
  readonly attested: Set<Digest>;
}

/** The statements that were attached to an image. */
export interface AttestedImage {
  readonly name: string;
  readonly digest: Digest;
  /** Empty for an image of a platform that kit does not read. */
  readonly kinds: readonly StatementKind[];
  /** `linux/s390x`; null where no index says it. */
  readonly platform: string | null;
}

/**
 * Attaches signed in-toto statements to what a registry has under this name: of an index, to each image in
 * it, since what these consist of differs.
 * @param digest that it must have, where that is known: a tag may move @throws KitError
 */
export async function attestImage(
  reference: Reference,
  options: AttestOptions,
  work: Work,
  digest: Digest | undefined = reference.digest,
): Promise<AttestedImage[]> {
  const name = formatReference(reference);
  const attested: AttestedImage[] = [];
  try {
    const { signedName, subjects } = await subjectsOf(reference, digest, 'all', clientOf(work));
    for (const subject of subjects) {
      if (!isManifestType(subject.mediaType) || isAttestation(subject)) continue;
      const { platform, digest: own } = subject;
      const arch = platform === undefined ? work.arch : archOf(platform.architecture);
      const shown = platform ? `${platform.os}/${platform.architecture}` : null;
      if (arch && !options.attested.has(own)) {
        await attestSubject(subject, signedName, options, { ...work, arch });
        options.attested.add(own);
      }
      attested.push({ name, digest: own, kinds: arch ? options.kinds : [], platform: shown });
    }
    return attested;
  } catch (thrown) {
    throw failureOf(`Cannot sign "${name}"`, thrown);
  }
}

const archOf = (architecture: string): Arch | undefined =>
  architecture === 'amd64' || architecture === 'arm64' ? architecture : undefined;

async function attestSubject(
  subject: PlatformSubject,
  name: string,
  { key, kinds, env }: AttestOptions,
  work: Work,
): Promise<void> {
  const { registry, repository, digest } = subject;
  const pinned = { registry, repository, digest };
  const ref = { kind: 'registry', text: formatReference(pinned), name: pinned } as const;
  const image = await resolveImage(ref, work);
  const items = await imageItems(image, work);
  for (const kind of kinds) {
    const predicate = await predicateOf(kind, { name, image, items, env });
    const predicateType = predicateTypes[kind];
    const bundle = signBundle({ name, digest, predicateType, predicate }, key);
    await attachBundle(subject, bundle, predicateType, clientOf(work), work);
  }
}

interface Described extends Pick<AttestOptions, 'env'> {
  readonly name: string;
  readonly image: ResolvedImage;
  readonly items: readonly InventoryItem[];
}

async function predicateOf(kind: StatementKind, { name, image, items, env }: Described): Promise<object> {
  if (kind === 'provenance') return provenanceOf(name, image, items, (await kitPackage()).version);
  const subject = { kind: 'images', name, images: [{ name, prefix: '', image, components: items }] } as const;
  return JSON.parse(await bomText(subject, kind, env)) as object;
}
