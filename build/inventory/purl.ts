import type { InventoryItem } from './item.ts';

interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly source: { readonly name: string; readonly version: string };
  readonly release: string;
}

/** `pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=trixie&upstream=glibc%402.41-12` (purl-spec, "deb"). */
export function debianPurl({ name, version, architecture, source, release }: DebianPackage): string {
  const own = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
  const upstream = encodeURIComponent(`${source.name}@${source.version}`);
  return `${own}?arch=${architecture}&distro=${release}&upstream=${upstream}`;
}

/** The item that a package URL names; undefined for another text. */
export function itemOfPurl(purl: string): InventoryItem | undefined {
  const [, type, path = '', version = '', query = ''] =
    /^pkg:([a-z]+)\/([^@?#]{1,500})@([^?#]{1,500})(?:\?([^#]{0,2000}))?(?:#.*)?$/.exec(purl) ?? [];
  if (type === undefined) return undefined;
  const name = decoded(type === 'npm' ? path : path.slice(path.lastIndexOf('/') + 1));
  const qualifiers = new URLSearchParams(query);
  const [, upstream, upstreamVersion] = /^([^@]+)(?:@(.+))?$/.exec(qualifiers.get('upstream') ?? '') ?? [];
  const release = qualifiers.get('distro')?.replace(/^debian-/, '');
  const plain = decoded(version);
  return {
    ...{ name, version: plain, purl },
    ...(upstream !== undefined && { source: { name: upstream, version: upstreamVersion ?? plain } }),
    ...(release && { release }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `deb`, `npm`; empty for none. */
export const purlType = (purl: string): string => /^pkg:([a-z]+)\//.exec(purl)?.[1] ?? '';
