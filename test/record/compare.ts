import { posix } from 'node:path';
import { jsonDifferences } from './json-differences.ts';
import {
  type BuiltRecord,
  blockBytes,
  type FileRecord,
  type ImageRecord,
  type Listing,
  short,
} from './types.ts';

export interface Difference {
  /** `minimal.yml, amd64 iso-efi: x.iso` */
  readonly place: string;
  /** `"containers/services/dhcp/config.json": process.noNewPrivileges was false and is true` */
  readonly what: string;
}

/** All differences between two records, except their commits. */
export function compareRecords(before: ImageRecord, after: ImageRecord): Difference[] {
  const records = [before, after] as const;
  return both(before.images, after.images).flatMap(([manifest, then, now]) => {
    if (!then || !now) return [{ place: manifest, what: then ? 'is no longer there' : 'is new' }];
    return both(then, now).flatMap(([output, a, b]) => {
      const place = `${manifest}, ${output}`;
      if (!a || !b) return [{ place, what: a ? 'is no longer there' : 'is new' }];
      return compareBuilt(place, a, b, records);
    });
  });
}

/** The differences as text, each once, with the places where it occurs. */
export function inWords(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'The same.\n';
  const places = new Set(differences.map(({ place }) => place));
  const groups = [...Map.groupBy(differences, ({ what }) => what)].map(([what, all]) => {
    const [first, ...others] = [...new Set(all.map(({ place }) => place))];
    return `${what}\n    in ${first}${others.length > 0 ? ` and ${others.length} more` : ''}\n`;
  });
  return `${groups.join('')}${places.size === 1 ? 'One output differs' : `${places.size} outputs differ`}.\n`;
}

type Records = readonly [before: ImageRecord, after: ImageRecord];

function compareBuilt(place: string, a: BuiltRecord, b: BuiltRecord, records: Records): Difference[] {
  if ('refused' in a || 'refused' in b) {
    const [then, now] = [a, b].map((one) => ('refused' in one ? `refused: ${one.refused}` : 'built'));
    return then === now ? [] : [{ place, what: `was ${then}; is ${now}` }];
  }
  const memory = `least memory was ${a.memoryMiB} MiB and is ${b.memoryMiB} MiB`;
  const files = both(a.files, b.files).flatMap(([name, then, now]) => {
    const whats = !then || !now ? [then ? 'is no longer there' : 'is new'] : compareFile(then, now, records);
    return whats.map((what) => ({ place: `${place}: ${name}`, what }));
  });
  return [...(a.memoryMiB === b.memoryMiB ? [] : [{ place, what: memory }]), ...files];
}

function compareFile(a: FileRecord, b: FileRecord, records: Records): string[] {
  if (a.sha256 === b.sha256) return [];
  const [then, now] = [records[0].contents[short(a.sha256)], records[1].contents[short(b.sha256)]];
  const parts = then && now ? compareListings(then, now, '', records) : [];
  return parts.length > 0 ? parts : [otherBytes(a, b)];
}

function otherBytes(a: FileRecord, b: FileRecord): string {
  const [then, now] = [a.blocks.split(' '), b.blocks.split(' ')];
  const at =
    Math.max(
      0,
      then.findIndex((sum, index) => sum !== now[index]),
    ) * blockBytes;
  const sizes = a.bytes === b.bytes ? '' : `; ${a.bytes} bytes were ${b.bytes}`;
  return `other bytes between ${at} and ${at + blockBytes}${sizes}`;
}

/**
 * Compares the contents of an archive or a file system. A part that was renamed is compared with the part of
 * the same kind.
 */
function compareListings(a: Listing, b: Listing, above: string, records: Records): string[] {
  const rows = both(a, b);
  const gone = rows.filter(([, , now]) => now === undefined);
  const fresh = rows.filter(([, then]) => then === undefined);
  const renamed = successors(gone, fresh);
  return rows.flatMap(([path, then, now]) => {
    const shown = `${above}${path}`;
    if (then !== undefined && now !== undefined) return comparePart(shown, then, now, records);
    const pair = renamed.find(([old, young]) => old[0] === path || young[0] === path);
    if (!pair) return [`"${shown}" ${then === undefined ? 'is new' : 'is no longer there'}`];
    const [[, was = ''], [young, , is = '']] = pair;
    return path === young ? comparePart(above + kindOf(path), was, is, records) : [];
  });
}

type Row = readonly [name: string, then: string | undefined, now: string | undefined];

/** Pairs layers in their order, since they are named by their content. */
function successors(gone: readonly Row[], fresh: readonly Row[]): (readonly [Row, Row])[] {
  const kinds = Map.groupBy(gone, ([path]) => kindOf(path));
  const young = Map.groupBy(fresh, ([path]) => kindOf(path));
  return [...kinds].flatMap(([kind, olds]) => {
    const news = young.get(kind) ?? [];
    return kind.includes('*') && olds.length === news.length
      ? olds.flatMap((old, at) => (news[at] ? [[old, news[at]] as const] : []))
      : [];
  });
}

/** `layers/*.erofs` for a name that is a checksum. */
const kindOf = (path: string): string =>
  posix.join(posix.dirname(path), posix.basename(path).replace(/^[0-9a-f]{12,64}/, '*'));

function comparePart(shown: string, a: string, b: string, records: Records): string[] {
  if (a === b) return [];
  const [then, now] = [factsOf(a), factsOf(b)];
  const facts = then.facts === now.facts ? [] : [`"${shown}" was ${then.facts} and is ${now.facts}`];
  if (then.sum === now.sum) return facts;
  return [...facts, ...compareBodies(shown, then, now, records)];
}

interface Facts {
  readonly facts: string;
  readonly bytes: string;
  readonly sum: string;
}

function factsOf(line: string): Facts {
  const [, mode = '', bytes = '', sum = '', rest = ''] =
    /^(\d+)(?: (\d+) ([0-9a-f]{16}))?(.*)$/.exec(line) ?? [];
  return { facts: `mode ${mode}${rest === '' ? '' : `,${rest}`}`, bytes, sum };
}

function compareBodies(shown: string, a: Facts, b: Facts, [before, after]: Records): string[] {
  const [then, now] = [before.contents[a.sum], after.contents[b.sum]];
  const inside = then && now ? compareListings(then, now, `${shown}/`, [before, after]) : [];
  if (inside.length > 0) return inside;
  const [old, young] = [before.bundles[a.sum], after.bundles[b.sum]];
  const fields = old !== undefined && young !== undefined ? jsonDifferences(old, young) : [];
  if (fields.length > 0) return fields.map((field) => `"${shown}": ${field}`);
  return [`"${shown}" has other content${a.bytes === b.bytes ? '' : `: ${a.bytes} bytes were ${b.bytes}`}`];
}

/** Pairs the values of both by name, in the order of the first. */
function both<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
): [name: string, then: T | undefined, now: T | undefined][] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, a[name], b[name]]);
}
