import { resolve } from 'node:path';
import type { Digest } from '../../lib/oci/types.ts';
import { wrongName } from './reference.ts';

/**
 * An image in a file or a folder, in the syntax of containers-transports(5):
 * `oci-archive:FILE[:NAME|:@INDEX]`, `docker-archive:FILE[:NAME|:@INDEX]`, `oci:FOLDER[:NAME|:@INDEX]`, each
 * with `@sha256:…` if it must have this digest.
 */
export interface ArchiveRef {
  readonly kind: 'archive';
  /** As written. */
  readonly text: string;
  readonly transport: Transport;
  /** What the text can mean, since file names may have colons: the first whose file exists counts. */
  readonly readings: readonly [ArchiveReading, ...ArchiveReading[]];
}

export type Transport = 'oci' | 'oci-archive' | 'docker-archive';

/** A file, and which of its images. Without name, place and digest: its only one. */
export interface ArchiveReading {
  /** Absolute. */
  readonly file: string;
  /** The path as written. */
  readonly shown: string;
  /** A name or a tag that it has in the archive. */
  readonly name?: string;
  /** Its place in the list of the archive, from 0. */
  readonly at?: number;
  readonly digest?: Digest;
}

const form = /^(docker-archive|oci-archive|oci):(.*)$/s;
const digestForm = /@(sha256:[0-9a-f]{64})$/;

/** Undefined for a text without such a prefix. @throws KitError */
export function archiveRef(text: string, folder: string): ArchiveRef | undefined {
  const [, transport, whole = ''] = form.exec(text) ?? [];
  if (transport === undefined) return undefined;
  const [, found] = digestForm.exec(whole) ?? [];
  const rest = found === undefined ? whole : whole.replace(digestForm, '');
  const digest = found === undefined ? {} : { digest: found as Digest };
  if (rest === '' || rest.startsWith(':')) throw wrongName(text, 'it names no file');
  if (rest.includes('\0')) throw wrongName(text, 'it holds a zero byte');
  const readings = cuts(rest).map(([shown, chosen]): ArchiveReading => {
    return { file: resolve(folder, shown), shown, ...pickOf(chosen), ...digest };
  });
  const [first, ...others] = readings;
  if (!first) throw wrongName(text, 'it names no file');
  return { kind: 'archive', text, transport: transport as Transport, readings: [first, ...others] };
}

/** The name that the cache has for an image of an archive. */
export function archiveCacheName(transport: Transport, { file, name, at, digest }: ArchiveReading): string {
  const place = at === undefined ? '' : `:@${at}`;
  return `${transport}:${file}${name === undefined ? place : `:${name}`}${digest ? `@${digest}` : ''}`;
}

/** Names have few colons; a text of thousands is no path. */
const mostCuts = 16;

/** Path and name, the longest path first. */
function cuts(text: string): [path: string, name: string][] {
  const found: [string, string][] = [[text.replace(/:$/, ''), '']];
  for (
    let at = text.lastIndexOf(':');
    at > 0 && found.length < mostCuts;
    at = text.lastIndexOf(':', at - 1)
  ) {
    if (at < text.length - 1) found.push([text.slice(0, at), text.slice(at + 1)]);
  }
  return found;
}

function pickOf(text: string): Pick<ArchiveReading, 'name' | 'at'> {
  if (text === '') return {};
  const [, at] = /^@(\d{1,6})$/.exec(text) ?? [];
  return at === undefined ? { name: text } : { at: Number(at) };
}
