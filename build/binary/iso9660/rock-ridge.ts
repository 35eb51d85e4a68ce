import { nameBytes } from '../../../lib/archive/file-names.ts';
import { typeBits } from '../../tree/type-bits.ts';
import { both32, recordingDate } from './numbers.ts';
import type { Inode } from './tree.ts';

/**
 * POSIX attributes and the name of a file, as Rock Ridge fields (IEEE P1282, RRIP) in the form of IEEE P1281
 * (SUSP):
 *
 *   signature, 2 letters | length of the field, u8 | version, u8 | …
 */
export function rockRidge(name: string, inode: Inode): Buffer[] {
  const { entry } = inode;
  return [
    posixAttributes(inode),
    timeStamps(entry.mtime),
    ...alternateName(name),
    ...(entry.type === 'char' || entry.type === 'block' ? [deviceNumber(entry)] : []),
    ...(entry.type === 'symlink' ? symbolicLink(entry.linkname) : []),
  ];
}

/** The fields of `.` and `..`, which have no name. */
export const ownRockRidge = (inode: Inode): Buffer[] => [
  posixAttributes(inode),
  timeStamps(inode.entry.mtime),
];

/** SP, SUSP 5.3: the first field of the root's first record, which announces the others. */
export const indicator = field('SP', [Buffer.from([0xbe, 0xef, 0])]);

/** ER, SUSP 5.5: the extension in use. Lengths of three texts, the extension's version, the texts. */
export const extensions = ((): Buffer => {
  const texts = [
    'RRIP_1991A',
    'THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS',
    [
      'PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER IDENTIFIER IN PRIMARY',
      'VOLUME DESCRIPTOR FOR CONTACT INFORMATION.',
    ].join(' '),
  ].map((text) => Buffer.from(text));
  return field('ER', [Buffer.from([...texts.map(({ length }) => length), 1]), ...texts]);
})();

/** CE, SUSP 5.1: where more fields are. Block, offset in it, length. */
export const continuation = (block: number, offset: number, length: number): Buffer =>
  field('CE', [both32(block), both32(offset), both32(length)]);

export const continuationBytes = 28;

function field(signature: string, parts: readonly Uint8Array[]): Buffer {
  const length = 4 + parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from(signature), Buffer.from([length, 1]), ...parts]);
}

/** PX, RRIP 4.1.1: mode, links, owner, group. */
function posixAttributes({ entry: { type, mode, uid, gid }, links }: Inode): Buffer {
  return field('PX', [typeBits[type] | mode, links, uid, gid].map(both32));
}

/** TF, RRIP 4.1.6: modified, accessed, attributes changed (flags 2, 4, 8), in seven bytes each. */
function timeStamps(mtime: number): Buffer {
  const date = recordingDate(mtime);
  return field('TF', [Buffer.from([2 | 4 | 8]), date, date, date]);
}

/** Flag of NM, SL and SL's components: continued in the next one. */
const continued = 1;
/** The length of a field is one byte. */
const textLimit = 250;

/** NM, RRIP 4.1.4: flags, text. A long name is continued in the next field. */
function alternateName(name: string): Buffer[] {
  const bytes = nameBytes(name);
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += textLimit) {
    const flags = at + textLimit < bytes.length ? continued : 0;
    fields.push(field('NM', [Buffer.from([flags]), bytes.subarray(at, at + textLimit)]));
  }
  return fields;
}

/**
 * PN, RRIP 4.1.2: high and low half of the device number. With a high half of 0, Linux and xorriso read both
 * numbers from the low one, major * 256 + minor; a minor number above 255 needs a half of its own.
 */
function deviceNumber({ devmajor, devminor }: Inode['entry']): Buffer {
  const small = devminor < 256;
  const halves = small ? [0, devmajor * 256 + devminor] : [devmajor, devminor];
  return field('PN', halves.map(both32));
}

/**
 * SL, RRIP 4.1.3: flags, then the components of the target, each as flags, length, text. A component, and the
 * list of them, may be continued in the next field.
 */
function symbolicLink(target: string): Buffer[] {
  const fields: Buffer[][] = [[]];
  let room = textLimit;
  for (const component of target.split('/').flatMap(linkComponents)) {
    // Components are split so that each fits into a field.
    if (component.length > room) {
      fields.push([]);
      room = textLimit;
    }
    fields.at(-1)?.push(component);
    room -= component.length;
  }
  return fields.map((parts, at) =>
    field('SL', [Buffer.from([at + 1 < fields.length ? continued : 0]), ...parts]),
  );
}

const componentLimit = 240;

function linkComponents(text: string, at: number): Buffer[] {
  // The root: nothing before the first slash.
  if (text === '' && at === 0) return [Buffer.from([8, 0])];
  if (text === '.' || text === '..') return [Buffer.from([text === '.' ? 2 : 4, 0])];
  const bytes = nameBytes(text);
  const parts: Buffer[] = [];
  for (let from = 0; from === 0 || from < bytes.length; from += componentLimit) {
    const part = bytes.subarray(from, from + componentLimit);
    const flags = from + componentLimit < bytes.length ? continued : 0;
    parts.push(Buffer.concat([Buffer.from([flags, part.length]), part]));
  }
  return parts;
}
