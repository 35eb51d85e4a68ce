import { KitError } from '../../errors/errors.ts';
import { maximalParts } from './budget.ts';
import { printable } from './listed.ts';
import { transferOf } from './mime-transfer.ts';

/** An entity of a MIME message (RFC 2045, 2046). */
export interface Entity {
  /** Lower case: `text/cloud-config`; undefined when it has no Content-Type. */
  readonly type: string | undefined;
  readonly filename: string | undefined;
  /** cloud-init's header Merge-Type. */
  readonly mergeType: string | undefined;
  /** Of a multipart, the text with all parts. */
  readonly body: Buffer;
  /** How `body` is encoded: `base64`; undefined when it is as it is. */
  readonly transfer: string | undefined;
  readonly isMultipart: boolean;
  /** Of a multipart: what separates its parts. */
  readonly boundary: string | undefined;
}

/** Header fields of user data are short; a limit keeps text that only looks like a header out. */
const headerLimit = 16 << 10;
const fieldLimit = 4096;

/**
 * The message in user data; undefined when it does not begin with header fields that say so. cloud-init looks
 * for `mime-version:` anywhere in the first 4096 bytes, which a file in a cloud-config has, too.
 */
export function mimeMessage(bytes: Buffer): Entity | undefined {
  const start = bytes.toString('latin1', 0, headerLimit).replace(/^From .*\r?\n/, '');
  if (!/^\s*[!-9;-~]+:/.test(start)) return undefined;
  const header = start.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^mime-version:|^content-type:\s*(multipart|message)\//im.test(header)
    ? readEntity(
        bytes
          .toString('latin1')
          .replace(/^From .*\r?\n/, '')
          .trimStart(),
      )
    : undefined;
}

/** The parts between the boundary's lines; what is before the first and after the last does not count. */
export function partsOfMultipart({ body, boundary, type }: Entity): Entity[] {
  if (boundary === undefined || boundary === '') throw new KitError(`it is ${type} without a boundary`);
  const parts: string[] = [];
  let open: string[] | undefined;
  for (const line of body.toString('latin1').split('\n')) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      // The line end before a boundary belongs to it.
      if (open) parts.push(open.join('\n').replace(/\r$/, ''));
      open = bare === `--${boundary}` ? [] : undefined;
      // What is too much is refused by its number, not read first.
      if (open === undefined || parts.length > maximalParts) break;
    } else open?.push(line);
  }
  // Without the last boundary, as writers by hand forget it.
  if (open) parts.push(open.join('\n'));
  if (parts.length === 0)
    throw new KitError(`it is ${type}, but its boundary "${printable(boundary)}" is nowhere in it`);
  return parts.map(readEntity);
}

/** Fields up to an empty line, or to a line that is no field: some writers leave the empty line out. */
function readEntity(text: string): Entity {
  const fields = new Map<string, string>();
  let [at, last] = [0, ''];
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end + 1;
    const line = text.slice(at, Math.min(next, at + fieldLimit)).trimEnd();
    const [, name, value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      last = name.toLowerCase();
      fields.set(last, value.trim());
    } else if (/^[ \t]/.test(line) && last !== '')
      fields.set(last, `${fields.get(last)} ${line.trim()}`.slice(0, fieldLimit));
    else {
      if (line === '') at = next;
      break;
    }
    at = next;
  }
  return entityOf(fields, text.slice(at));
}

function entityOf(fields: ReadonlyMap<string, string>, body: string): Entity {
  const contentType = fields.get('content-type') ?? '';
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() || undefined;
  const disposition = parameters(fields.get('content-disposition') ?? '');
  const ofType = parameters(contentType);
  // A multipart has no encoding of its own (RFC 2045, 6.4).
  const isMultipart = type?.startsWith('multipart/') ?? false;
  return {
    type,
    filename: disposition.get('filename') ?? ofType.get('name'),
    mergeType: fields.get('merge-type') ?? fields.get('x-merge-type'),
    body: Buffer.from(body, 'latin1'),
    transfer: isMultipart ? undefined : transferOf(fields.get('content-transfer-encoding')),
    isMultipart,
    boundary: ofType.get('boundary'),
  };
}

/** `; boundary="==1=="; charset=us-ascii` (RFC 2045, 5.1). */
function parameters(value: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of value.matchAll(
    /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    found.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token);
  }
  return found;
}
