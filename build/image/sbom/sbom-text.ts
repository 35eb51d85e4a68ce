import { createHash } from 'node:crypto';
import { keyHash } from '../../cache/derived.ts';
import { type Component, contentsOf } from '../../packages/components.ts';
import type { SbomImage } from './sbom-images.ts';
import { documentId, type Relationship, type SpdxDocument, type SpdxPackage } from './spdx.ts';
import { type SpdxLists, statementLists } from './statement.ts';

/**
 * The bill of materials of a machine in SPDX 2.3: its images, the contents of their layers that kit knows
 * (Debian's and npm's packages, Node), and the images' own documents. Equal images give equal bytes: the
 * namespace, which must be unique, is derived from the content.
 * @param created `2017-04-18T16:30:00Z`
 */
export async function sbomText(images: readonly SbomImage[], created: string): Promise<string> {
  const lists = await Promise.all(images.map(imageLists));
  const joined = lists.reduce(join, { packages: [], relationships: [] });
  const packages = new Map(joined.packages?.map((one) => [one.SPDXID, one]));
  const content = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: 'sbom',
    creationInfo: { created, creators: ['Tool: kit'] },
    ...joined,
    packages: [...packages.values()],
    relationships: joined.relationships ?? [],
    ...(joined.hasExtractedLicensingInfos && { hasExtractedLicensingInfos: distinctLicences(joined) }),
  } as const;
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const document: SpdxDocument = {
    ...content,
    documentNamespace: `https://spdx.org/spdxdocs/kit-sbom-${id.slice(0, 32)}`,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Components of several images have the same licences. */
function distinctLicences({ hasExtractedLicensingInfos = [] }: SpdxLists): unknown[] {
  const idOfLicence = (one: unknown): unknown => (one as { readonly licenseId?: unknown }).licenseId;
  return [...new Map(hasExtractedLicensingInfos.map((one) => [idOfLicence(one), one])).values()];
}

function join(all: SpdxLists, more: SpdxLists): SpdxLists {
  const keys = new Set([...Object.keys(all), ...Object.keys(more)] as (keyof SpdxLists)[]);
  return Object.fromEntries([...keys].map((key) => [key, [...(all[key] ?? []), ...(more[key] ?? [])]]));
}

/** An image, its components and its own documents. */
async function imageLists(named: SbomImage, at: number): Promise<SpdxLists> {
  const { image, name, prefix } = named;
  const own = `SPDXRef-Image-${at}`;
  const components = named.components ?? image.layers.flatMap(({ annotations }) => contentsOf(annotations));
  const imagePackage: SpdxPackage = {
    SPDXID: own,
    name,
    versionInfo: image.digest,
    packageFileName: prefix === '' ? '/' : prefix,
    ...unknownTerms,
  };
  const relationships: Relationship[] = [
    { spdxElementId: documentId, relationshipType: 'DESCRIBES', relatedSpdxElement: own },
    ...components.map((component) => ({
      spdxElementId: own,
      relationshipType: 'CONTAINS',
      relatedSpdxElement: idOf(component),
    })),
  ];
  const documents = (image.statements ?? []).filter(({ predicateType }) =>
    predicateType.startsWith('https://spdx.dev/Document'),
  );
  const lists = await Promise.all(
    documents.map(({ path }, number) => statementLists(path, named, `${at}-${number}-`)),
  );
  const packages = [imagePackage, ...components.map(componentPackage)];
  return lists.reduce(join, { packages, relationships, ...otherLicences(components) });
}

/** The licences without an identifier of SPDX, which a document must explain (SPDX 2.3, chapter 10). */
function otherLicences(components: readonly Component[]): SpdxLists {
  const ids = new Set(components.flatMap(({ license = '' }) => license.match(/\bLicenseRef-[\w.-]+/g) ?? []));
  if (ids.size === 0) return {};
  const explained = [...ids].map((licenseId) => ({
    licenseId,
    extractedText: `As /usr/share/doc of the Debian package has it: ${licenseId.replace(/^LicenseRef-debian-/, '')}`,
  }));
  return { hasExtractedLicensingInfos: explained };
}

const unknownTerms = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

function componentPackage(component: Component): SpdxPackage {
  const { name, version, purl, license, sha256 } = component;
  return {
    SPDXID: idOf(component),
    name,
    versionInfo: version,
    ...unknownTerms,
    ...(license !== undefined && expression.test(license) && { licenseDeclared: license }),
    ...(sha256 !== undefined && { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  };
}

/** An SPDX license expression, without npm's own words `SEE LICENSE IN x` and `UNLICENSED`. */
const expression =
  /^(?!UNLICENSED$)\(?[A-Za-z0-9][A-Za-z0-9.+-]*(?: (?:AND|OR|WITH) [A-Za-z0-9][A-Za-z0-9.+-]*)*\)?$/;

/** An identifier may have letters, digits, dots and dashes (SPDX 2.3, 7.2). */
function idOf({ name, version, purl }: Component): string {
  const readable = `${name}-${version}`.replace(/[^A-Za-z0-9.-]+/g, '-');
  return `SPDXRef-Package-${readable}-${keyHash(purl).slice(0, 8)}`;
}
