import { isAbsolute, join, posix, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { kitRoot } from '../host/paths.ts';
import { type ArchiveRef, archiveCacheName, archiveRef } from './archive-ref.ts';
import { formatReference, parseReference, type Reference, withDefaultTag, wrongName } from './reference.ts';

/**
 * What the text of an image reference names. It is parsed once, where it is read: by the parser of manifests,
 * or by the command that has it as an argument. All other code is given this value and asks for its kind.
 */
export type ImageRef = PackageRef | ArchiveRef | RegistryRef;

/** An image that is no package. */
export type ForeignRef = ArchiveRef | RegistryRef;

/** A folder with a `build.yml`, which kit builds. */
export interface PackageRef {
  readonly kind: 'package';
  /** As written: `pkg/sshd`, `./web`; the name of its image, `kit/web:3f2a…`, where a template named it. */
  readonly text: string;
  /** The image's name, where a template (`@pkg:./web`) named the package. */
  readonly name: Reference | undefined;
  /** `pkg/x`, which kit's own checkout has as well; other forms name a folder of the user. */
  readonly isNamed: boolean;
  /** The absolute folder that `text` is relative to. */
  readonly base: string;
  /** The absolute folders where it is looked for, in order. */
  readonly folders: readonly string[];
}

/** An image of the cache or of a registry. */
export interface RegistryRef {
  readonly kind: 'registry';
  /** As written: `redis:7`. Images that kit built or imported are in the cache under such a name, too. */
  readonly text: string;
  /** Without a default tag. */
  readonly name: Reference;
}

/** Where a reference is written. */
export interface RefContext {
  /** Absolute folder that relative paths are resolved against: that of the manifest. */
  readonly folder: string;
  /** Names that templates made, and the absolute folders of their packages. */
  readonly packages?: ReadonlyMap<string, string> | undefined;
}

/** @throws KitError that quotes the text and names its fault */
export function parseImageRef(text: string, context: RefContext): ImageRef {
  const template = context.packages?.get(text);
  if (template !== undefined) {
    const from = { base: context.folder, folders: [template], isNamed: false };
    return { kind: 'package', text, name: parseReference(text), ...from };
  }
  if (text.includes('\0')) throw wrongName(text, 'it holds a zero byte');
  if (isFolder(text)) return packageRef(text, context.folder);
  return archiveRef(text, context.folder) ?? registryRef(text);
}

/** The reference of an argument that can name no package and no archive. @throws KitError */
export function registryRef(text: string): RegistryRef {
  refuseTransport(text);
  return { kind: 'registry', text, name: parseReference(text.replace(/^docker:\/\//, '')) };
}

/** The same text and folder give the same key, whichever manifest has it. */
export function refKey(ref: ImageRef): string {
  switch (ref.kind) {
    case 'package':
      return `package ${ref.folders.join('\0')}`;
    case 'archive':
      return `archive ${ref.transport} ${JSON.stringify(ref.readings[0])}`;
    case 'registry':
      return `registry ${ref.text}`;
  }
}

/**
 * The name in canonical form, without a tag that is not written, as LinuxKit expands names; undefined for a
 * folder or a file, which has none.
 */
export function expandedName(ref: ImageRef): string | undefined {
  switch (ref.kind) {
    case 'package':
      return ref.name && formatReference(ref.name);
    case 'archive':
      return undefined;
    case 'registry':
      return formatReference(ref.name);
  }
}

/** The names that an image may have in the cache, in the order in which they count. */
export function cacheNames(ref: ForeignRef): string[] {
  switch (ref.kind) {
    case 'archive':
      return ref.readings.map((reading) => archiveCacheName(ref.transport, reading));
    case 'registry':
      return [...new Set([ref.text, formatReference(withDefaultTag(ref.name))])];
  }
}

/** Whether it names one image for ever, and no other. */
export function hasDigest(ref: ForeignRef): boolean {
  return (ref.kind === 'archive' ? ref.readings[0] : ref.name).digest !== undefined;
}

export function withDigest({ kind, text, name }: RegistryRef, digest: Digest): RegistryRef {
  return { kind, text: `${text}@${digest}`, name: { ...name, digest } };
}

/** Whether it names a file or folder of this host, other than a package of kit. */
export function isLocalFile(ref: ImageRef): boolean {
  switch (ref.kind) {
    case 'package':
      return !ref.isNamed;
    case 'archive':
      return true;
    case 'registry':
      return false;
  }
}

const isFolder = (text: string): boolean => /^(?:\.{1,2}(?:\/|$)|pkg\/)/.test(text) || isAbsolute(text);

function packageRef(text: string, base: string): PackageRef {
  // `pkg/../x` leads out of the folder of packages.
  const isNamed = posix.normalize(text).startsWith('pkg/');
  const folders = isNamed ? [join(base, text), join(kitRoot, text)] : [resolve(base, text)];
  return { kind: 'package', text, name: undefined, isNamed, base, folders };
}

/** Transports of containers-transports(5) that kit does not read, and the way out. */
const transports: Readonly<Record<string, (rest: string) => string>> = {
  'docker-daemon': (rest) => `name the image alone, ${quoted(rest)}, and use --docker`,
  'containers-storage': (rest) => `podman save --format oci-archive -o FILE ${rest}, then oci-archive:FILE`,
  dir: (rest) => `skopeo copy dir:${rest} oci-archive:FILE, then oci-archive:FILE`,
  ostree: (rest) => `skopeo copy ostree:${rest} oci-archive:FILE, then oci-archive:FILE`,
  sif: (rest) => `skopeo copy sif:${rest} oci-archive:FILE, then oci-archive:FILE`,
  tarball: () => 'kit cache import --name NAME FILE makes an image of a file system',
  'oci-layout': (rest) => `oci:${rest.replace(/^\/\//, '')} names an OCI layout`,
};

const quoted = (text: string): string => `"${text}"`;

function refuseTransport(text: string): void {
  const [, transport = '', rest = ''] = /^([a-z-]+):(.*)$/s.exec(text) ?? [];
  const way = Object.hasOwn(transports, transport) ? transports[transport] : undefined;
  // `dir:1` may be an image of Docker Hub; a name with a dash, or with a path behind it, is not.
  if (!way || (/^\w[\w.-]*$/.test(rest) && !transport.includes('-'))) return;
  const { message } = wrongName(text, `kit does not read images by "${transport}:"`);
  throw new KitError(message, { hint: way(rest) });
}
