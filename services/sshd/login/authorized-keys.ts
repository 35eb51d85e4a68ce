import { type KeyOptions, readOptions, type WrittenOption } from './options.ts';

/** A key of an authorized_keys file with its options. */
export interface AuthorizedKey {
  /** e.g. `ssh-ed25519` */
  readonly type: string;
  /** The public key blob (RFC 4253 section 6.6). */
  readonly blob: Buffer;
  readonly comment: string;
  readonly options: KeyOptions;
}

/** The keys of a file, and the numbers of lines that are neither a key nor a comment. */
export interface AuthorizedKeys {
  readonly keys: AuthorizedKey[];
  readonly unreadLines: readonly number[];
}

/** Parses sshd(8)'s AUTHORIZED_KEYS FILE FORMAT. */
export function parseAuthorizedKeys(text: string): AuthorizedKeys {
  const [keys, unreadLines]: [AuthorizedKey[], number[]] = [[], []];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const key = parseLine(line);
    if (key) keys.push(key);
    else unreadLines.push(index + 1);
  }
  return { keys, unreadLines };
}

function parseLine(line: string): AuthorizedKey | undefined {
  const plain = parseKey(line);
  if (plain) return { ...plain, options: readOptions([]) };
  const { options, rest } = splitOptions(line);
  const key = options && parseKey(rest);
  return key ? { ...key, options: readOptions(options) } : undefined;
}

/** `type base64 comment`; the type must match the one at the start of the blob. */
function parseKey(text: string): Omit<AuthorizedKey, 'options'> | undefined {
  const [, type, base64, comment = ''] =
    /^([a-z0-9@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s+(.*))?$/.exec(text) ?? [];
  if (type === undefined || base64 === undefined) return undefined;
  const blob = Buffer.from(base64, 'base64');
  if (blob.length < 4 + type.length || blob.readUInt32BE(0) !== type.length) return undefined;
  if (blob.toString('latin1', 4, 4 + type.length) !== type) return undefined;
  return { type, blob, comment };
}

/** Splits `name,name="va lue",…` up to the first space outside quotes; `\"` is a quote inside a value. */
function splitOptions(line: string): { options: WrittenOption[] | undefined; rest: string } {
  const options: WrittenOption[] = [];
  const pattern = /([a-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?(,|\s+|$)/iy;
  for (;;) {
    const match = pattern.exec(line);
    if (!match) return { options: undefined, rest: '' };
    const [, name = '', value, end = ''] = match;
    options.push({ name: name.toLowerCase(), value: value?.replaceAll('\\"', '"') });
    if (end !== ',') return { options, rest: line.slice(pattern.lastIndex) };
  }
}
