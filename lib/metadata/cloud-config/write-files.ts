import { posix } from 'node:path';
import { KitError } from '../../errors/errors.ts';
import { maximalBytes } from '../metadata.ts';
import { listed, printable } from '../user-data/listed.ts';
import { gunzip } from '../user-data/unpack.ts';
import { type PlannedFile, secretMode } from '../user-data/user-data-plan.ts';
import { decodeBase64, isList, isMap, isTrueAt, textAt, valueAt, type YamlValue } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';

const configFolder = '/run/config/';
const maximalFiles = 1000;
/** Of all files together, unpacked: they lie in memory. */
const maximalTotal = 4 * maximalBytes;

/** `defer` asks for a later time, when users and packages are there: here nothing is to be waited for. */
const knownKeys = ['path', 'content', 'encoding', 'permissions', 'owner', 'append', 'defer', 'source'];

interface ReadFiles {
  readonly files: PlannedFile[];
  readonly problems: string[];
  readonly notes: string[];
}

/** cloud-init's `write_files`, of which a mistake in one entry does not affect the others. */
export function readWriteFiles(value: YamlValue = []): ReadFiles {
  const read: ReadFiles = { files: [], problems: [], notes: [] };
  if (!isList(value)) {
    if (value !== '') read.problems.push('Cannot read "write_files": expected a list');
    return read;
  }
  for (const [index, entry] of value.slice(0, maximalFiles).entries()) {
    try {
      readEntry(entry, read);
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      const place = lineOf(entry, 'path') || lineOf(value, index);
      read.problems.push(
        `Cannot write "${printable(textAt(entry, 'path') ?? '')}": ${error.message}${place}`,
      );
    }
  }
  const rest = value.length - maximalFiles;
  if (rest > 0) read.problems.push(`Cannot write ${rest} files: "write_files" has more than ${maximalFiles}`);
  return read;
}

function readEntry(entry: YamlValue, { files, problems, notes }: ReadFiles): void {
  if (!isMap(entry)) throw new KitError('an entry of "write_files" has keys and values');
  const path = posix.normalize(textAt(entry, 'path') ?? '');
  if (!path.startsWith(configFolder) || path.endsWith('/')) {
    throw new KitError(`the machine is immutable, only files below ${configFolder} are written`);
  }
  if (path.includes('\0')) throw new KitError('a path must not contain a zero byte');
  const content = contentOf(entry, path, notes);
  const total = files.reduce((sum, file) => sum + file.content.length, content.length);
  if (total > maximalTotal) throw new KitError(`all files together have more than ${maximalTotal} bytes`);
  const mode = modeOf(valueAt(entry, 'permissions') ?? '');
  if (mode === undefined)
    problems.push(
      `Cannot give "${printable(path)}" its "permissions": expected octal digits in quotes such as "0644"; ` +
        `only root may read it${lineOf(entry, 'permissions')}`,
    );
  const owner = textAt(entry, 'owner') ?? 'root';
  if (!/^(root|0)(:(root|0)?)?$/.test(owner))
    notes.push(`"${printable(path)}" belongs to root, not to "${printable(owner)}"`);
  const unknown = Object.keys(entry).filter((key) => !knownKeys.includes(key));
  if (unknown.length > 0) notes.push(`ignored keys of "${printable(path)}": ${listed(unknown)}`);
  const append = isTrueAt(entry, 'append');
  files.push({
    path: path.slice(configFolder.length),
    mode: mode ?? secretMode,
    content,
    ...(append && { append }),
  });
}

function contentOf(entry: YamlValue, path: string, notes: string[]): Buffer {
  const content = valueAt(entry, 'content');
  if (valueAt(entry, 'source') !== undefined) {
    if (content === undefined)
      throw new KitError('its content is at an address, and kit fetches nothing for metadata');
    notes.push(`"${printable(path)}" has its "content": kit does not fetch its "source"`);
  } else if (content === undefined) notes.push(`"${printable(path)}" is empty: it has no "content"`);
  if (content !== undefined && typeof content !== 'string' && !Buffer.isBuffer(content))
    throw new KitError('its "content" is not text');
  return decode(content ?? '', textAt(entry, 'encoding') ?? 'text/plain');
}

/** cloud-init's names of encodings: plain text, base64, gzip, and gzip in base64. */
function decode(content: string | Buffer, encoding: string): Buffer {
  const parts = encoding
    .toLowerCase()
    .split('+')
    .map((part) => part.trim());
  if (!parts.every((part) => ['text/plain', 'b64', 'base64', 'gz', 'gzip'].includes(part))) {
    throw new KitError(`encoding "${printable(encoding)}" is not known`);
  }
  const isBase64 = parts.some((part) => part === 'b64' || part === 'base64');
  const bytes = isBase64 ? decodeBase64(content.toString()) : Buffer.from(content);
  if (bytes === undefined) throw new KitError('its content is not base64');
  return parts.some((part) => part.startsWith('gz')) ? gunzip(bytes) : bytes;
}

/**
 * The mode of octal digits, without setuid, setgid and sticky bit; root's alone when there are none.
 * Undefined for anything else, also for digits that make sense only as a decimal number, as programs that
 * write JSON print 0644 (420): some class could write and not read, or others could do what the group cannot.
 */
function modeOf(permissions: YamlValue): number | undefined {
  if (permissions === '') return secretMode;
  const text = typeof permissions === 'string' ? permissions.trim() : '';
  const [, zero, digits] = /^(0o?|00)?([0-7]{3})$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const mode = Number.parseInt(digits, 8);
  const [owner = 0, group = 0, others = 0] = [mode >> 6, (mode >> 3) & 7, mode & 7];
  const isOdd = [owner, group, others].some((bits) => (bits & 6) === 2) || (others & ~group & 6) !== 0;
  return isOdd && zero === undefined ? undefined : mode;
}
