import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { AuthContext, PublicKeyAuthContext } from 'ssh2';
import keyParser from 'ssh2/lib/protocol/keyParser.js';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { limits } from './arguments.ts';
import { type AuthorizedKey, parseAuthorizedKeys } from './authorized-keys.ts';
import { fingerprint } from './host-keys.ts';
import type { Log } from './log.ts';

export interface LoginSettings {
  readonly user: string;
  readonly authorizedKeys: readonly string[];
}

/** The result of one request. `query`: the key would be accepted, but the client has not signed yet. */
export type Decision =
  | { readonly kind: 'accept' | 'query'; readonly key: AuthorizedKey }
  | { readonly kind: 'refuse'; readonly reason: string }
  /** The client's first request, `none`, which lists the methods. */
  | { readonly kind: 'list-methods' };

/** Decides one authentication request; the only method is publickey (RFC 4252 section 7). */
export function decide(context: AuthContext, settings: LoginSettings, log: Log): Decision {
  if (context.method === 'none') return { kind: 'list-methods' };
  if (context.method !== 'publickey') return refuse(`method ${context.method}`);
  const name = `${context.key.algo} ${fingerprint(context.key.data)}`;
  // Before the name, so that the time of an answer does not tell whether the user exists.
  const key = authorizedKeys(settings.authorizedKeys, log).find(({ blob }) => blob.equals(context.key.data));
  if (context.username !== settings.user) return refuse(name);
  const flaw = weakness(context);
  if (flaw !== undefined) return refuse(`${name} (${flaw})`);
  if (!key) return refuse(name);
  if (key.unsupportedOption !== undefined)
    return refuse(`${name} (its option ${key.unsupportedOption} is not supported)`);
  if (!context.signature) return { kind: 'query', key };
  return verified(context, key) ? { kind: 'accept', key } : refuse(`${name} (wrong signature)`);
}

function refuse(reason: string): Decision {
  return { kind: 'refuse', reason };
}

const types: ReadonlySet<string> = new Set([
  ...['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'],
]);

/** Minimum size of an RSA key's blob: 2048 bits, without the names and exponent before them. */
const rsaBytes = 256;

function weakness({ key, hashAlgo }: PublicKeyAuthContext): string | undefined {
  if (!types.has(key.algo)) return 'unknown key type';
  if (key.algo !== 'ssh-rsa') return undefined;
  if (key.data.length < rsaBytes) return 'fewer than 2048 bits';
  // An RSA signature without a named hash uses SHA-1.
  return hashAlgo === undefined ? 'SHA-1 signature' : undefined;
}

function verified({ signature, blob, hashAlgo }: PublicKeyAuthContext, key: AuthorizedKey): boolean {
  if (!signature || !blob) return false;
  const parsed = keyParser.parseKey(`${key.type} ${key.blob.toString('base64')}`);
  if (parsed instanceof Error) return false;
  // ssh2 returns an Error, not false, for a malformed signature.
  return (parsed.verify(blob, signature, hashAlgo) as boolean | Error) === true;
}

/** The rest of a larger file is ignored. */
const maxFileBytes = 1 << 20;

/** Reads the keys of all files anew, since they may have changed since the start. */
function authorizedKeys(files: readonly string[], log: Log): AuthorizedKey[] {
  return files.flatMap((file) => {
    try {
      return parseAuthorizedKeys(readStart(file));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
        log(`cannot read "${file}": ${reasonOf(error)}`);
      }
      return [];
    }
  });
}

/** Without waiting, should it be a pipe; as StrictModes of sshd, not what others than its owner may write. */
function readStart(file: string): string {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size, mode } = fstatSync(fd);
    if ((mode & 0o022) !== 0) throw new KitError('group or others may write it');
    const bytes = Buffer.alloc(Math.min(size, maxFileBytes));
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
}

/** The requests of one connection, for one line of the audit trail. */
export class LoginAttempts {
  readonly #refused: string[] = [];
  #requests = 0;
  #user = '';

  /** Counts a request. Returns true when there were too many. */
  requested(): boolean {
    this.#requests += 1;
    return this.#requests > limits.loginRequests;
  }

  /** Records a refused attempt. Returns true when the client has no tries left. */
  refused(user: string, reason: string): boolean {
    this.#user = user;
    this.#refused.push(reason);
    return this.#refused.length >= limits.loginTries;
  }

  /** Undefined without refused attempts. */
  get summary(): { readonly user: string; readonly tried: string } | undefined {
    if (this.#refused.length === 0) return undefined;
    return { user: this.#user, tried: [...new Set(this.#refused)].join(', ') };
  }
}
