import { KitError } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';

/**
 * The name of an image in Docker's reference grammar: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`. Names without a
 * host are on Docker Hub: `redis:7` is `docker.io/library/redis:7`, `me/x` is `docker.io/me/x`.
 */
export interface Reference {
  /** `docker.io`, `ghcr.io`, `localhost:5000` */
  readonly registry: string;
  /** `library/redis` */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** @throws KitError that quotes the text and names its fault */
export function parseReference(text: string): Reference {
  const [name, digestText] = cutFirst(text, '@');
  const [bare, tag] = cutTag(name);
  if (bare === '') throw wrongName(text, 'it has no name');
  const { registry, repository } = splitHost(bare);
  checkHost(registry, text);
  checkRepository(repository, text);
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))
    throw wrongName(text, `"${tag}" is not a valid tag`);
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digestText === undefined ? {} : { digest: checkedDigest(digestText, text) }),
  };
}

/** The canonical form: `docker.io/library/redis:7`. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  const suffix = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return `${registry}/${repository}${suffix}`;
}

/** The canonical form of a name, without adding a tag, as LinuxKit expands names. */
export function expandReference(text: string): string {
  return formatReference(parseReference(text));
}

/** Adds `:latest` to a reference with neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  const isWhole = reference.tag !== undefined || reference.digest !== undefined;
  return isWhole ? reference : { ...reference, tag: 'latest' };
}

/** The reference with another organisation: `kit/sshd:3f2a` becomes `localhost:5000/me/sshd:3f2a`. */
export function withOrg(name: string, org: string): Reference {
  return parseReference(`${org}/${name.slice(name.lastIndexOf('/') + 1)}`);
}

/** Whether two texts are references of the same image. */
export function isSameName(one: string, other: string): boolean {
  return isReference(one) && isReference(other) && tagged(one) === tagged(other);
}

/** Whether a text is a valid reference. */
export function isReference(text: string): boolean {
  try {
    return parseReference(text).repository !== '';
  } catch {
    return false;
  }
}

const tagged = (text: string): string => formatReference(withDefaultTag(parseReference(text)));

/** All host names of Docker Hub. */
const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

function splitHost(name: string): { registry: string; repository: string } {
  const [first, rest] = cutFirst(name, '/');
  if (rest === undefined || !isHost(first)) return onDockerHub(name);
  return dockerHub.has(first) ? onDockerHub(rest) : { registry: first, repository: rest };
}

/** Without a dot or a port, the first part is a user of Docker Hub, except for `localhost`. */
const isHost = (part: string): boolean => /[.:]/.test(part) || part === 'localhost';

const onDockerHub = (name: string): { registry: string; repository: string } => ({
  registry: 'docker.io',
  repository: name.includes('/') ? name : `library/${name}`,
});

function cutFirst(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** A colon before the last slash is that of a port. */
function cutTag(name: string): [string, string | undefined] {
  const at = name.lastIndexOf(':');
  return at > name.lastIndexOf('/') ? [name.slice(0, at), name.slice(at + 1)] : [name, undefined];
}

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?$`);

function checkHost(registry: string, text: string): void {
  if (registry.length > 255 || !host.test(registry))
    throw wrongName(text, `"${registry}" is not a valid host name`);
}

/** Letters and digits, separated by one dot, one or two underscores, or dashes. */
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

function checkRepository(repository: string, text: string): void {
  if (repository.length > 255)
    throw wrongName(text, `its name has ${repository.length} characters, at most 255`);
  for (const part of repository.split('/')) {
    if (component.test(part)) continue;
    if (part === '') throw wrongName(text, 'a part of its name is empty');
    const lower = part.toLowerCase();
    const why =
      part !== lower && component.test(lower)
        ? 'names are lower-case'
        : 'it may hold a-z, 0-9, ".", "_", "-"';
    throw wrongName(text, `"${part}" is not a valid part of a name: ${why}`);
  }
}

function checkedDigest(digest: string, text: string): Digest {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  if (hex === undefined) throw wrongName(text, 'a digest is "sha256:" and 64 hex digits');
  return `sha256:${hex}`;
}

/** The error for a text that names no image. */
export function wrongName(text: string, why: string): KitError {
  const shown = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  return new KitError(`Cannot use image name "${shown}": ${why}`);
}
