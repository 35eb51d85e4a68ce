import { createHash } from 'node:crypto';
import { type Component, contentsOf } from '../../packages/contents.ts';
import { keyHash } from '../../work/derived.ts';
import type { Part } from './parts.ts';
import { documentId, type Relationship, type SpdxDocument, type SpdxPackage } from './spdx.ts';
import { type OwnLists, statementLists } from './statement.ts';

/**
 * The bill of materials of a machine in SPDX 2.3: its images, what kit knows to be in their layers (Debian's and npm's
 * packages, Node), and what their own documents say. Equal images give equal bytes: the namespace, which has to be
 * nobody else's, is made from the content.
 * @param created `2017-04-18T16:30:00Z`
 */
export async function sbomText(parts: readonly Part[], created: string): Promise<string> {
  const images = await Promise.all(parts.map(imageLists));
  const joined = images.reduce(join, { packages: [], relationships: [] });
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
  } as const;
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const document: SpdxDocument = {
    ...content,
    documentNamespace: `https://spdx.org/spdxdocs/kit-sbom-${id.slice(0, 32)}`,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function join(all: OwnLists, more: OwnLists): OwnLists {
  const keys = new Set([...Object.keys(all), ...Object.keys(more)] as (keyof OwnLists)[]);
  return Object.fromEntries([...keys].map((key) => [key, [...(all[key] ?? []), ...(more[key] ?? [])]]));
}

/** An image, its components and its own documents. */
async function imageLists(part: Part, at: number): Promise<OwnLists> {
  const { image, name, prefix } = part;
  const own = `SPDXRef-Image-${at}`;
  const components = image.layers.flatMap(({ annotations }) => contentsOf(annotations));
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
    documents.map(({ path }, number) => statementLists(path, part, `${at}-${number}-`)),
  );
  return lists.reduce(join, { packages: [imagePackage, ...components.map(componentPackage)], relationships });
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

/** One license, or several with AND and OR between them; `SEE LICENSE IN x` and `UNLICENSED` are npm's own words. */
const expression =
  /^(?!UNLICENSED$)\(?[A-Za-z0-9][A-Za-z0-9.+-]*(?: (?:AND|OR|WITH) [A-Za-z0-9][A-Za-z0-9.+-]*)*\)?$/;

/** Letters, digits, dots and dashes are all that an identifier may have (SPDX 2.3, 7.2). */
function idOf({ name, version, purl }: Component): string {
  return `SPDXRef-Package-${`${name}-${version}`.replace(/[^A-Za-z0-9.-]+/g, '-')}-${keyHash(purl).slice(0, 8)}`;
}
