import { readFileSync } from 'node:fs';
import type { AuthContext, PublicKeyAuthContext } from 'ssh2';
import keyParser from 'ssh2/lib/protocol/keyParser.js';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import { limits } from './arguments.ts';
import { type AuthorizedKey, parseAuthorizedKeys } from './authorized-keys.ts';
import { fingerprint } from './host-keys.ts';
import { type Log, quoted } from './log.ts';

export interface LoginSettings {
  readonly user: string;
  readonly authorizedKeys: readonly string[];
}

/** What came of one request: `query` asks whether signing would help, and is no login yet. */
export type Decision =
  | { readonly kind: 'accept' | 'query'; readonly key: AuthorizedKey }
  | { readonly kind: 'refuse'; readonly why: string }
  /** The client's opening move, which asks what methods there are. */
  | { readonly kind: 'ask' };

/** Decides one authentication request; only public keys count (RFC 4252 section 7). */
export function decide(context: AuthContext, settings: LoginSettings, log: Log): Decision {
  if (context.method === 'none') return { kind: 'ask' };
  if (context.method !== 'publickey') return refuse(`method ${context.method}`);
  const name = `${context.key.algo} ${fingerprint(context.key.data)}`;
  if (context.username !== settings.user) return refuse(name);
  const unfit = weakness(context);
  if (unfit !== undefined) return refuse(`${name} (${unfit})`);
  const key = authorizedKeys(settings.authorizedKeys, log).find(({ blob }) => blob.equals(context.key.data));
  if (!key) return refuse(name);
  if (key.unkept !== undefined) return refuse(`${name} (its option ${key.unkept} is not supported)`);
  if (!context.signature) return { kind: 'query', key };
  return verified(context, key) ? { kind: 'accept', key } : refuse(`${name} (wrong signature)`);
}

function refuse(why: string): Decision {
  return { kind: 'refuse', why };
}

const types: ReadonlySet<string> = new Set([
  ...['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'],
]);

/** Bytes of an RSA key's blob: 2048 bits, and the names and exponent before them. */
const rsaBytes = 256;

function weakness({ key, hashAlgo }: PublicKeyAuthContext): string | undefined {
  if (!types.has(key.algo)) return 'unknown type of key';
  if (key.algo !== 'ssh-rsa') return undefined;
  if (key.data.length < rsaBytes) return 'fewer than 2048 bits';
  // Without a hash named, an RSA signature is one over SHA-1.
  return hashAlgo === undefined ? 'SHA-1 signature' : undefined;
}

function verified({ signature, blob, hashAlgo }: PublicKeyAuthContext, key: AuthorizedKey): boolean {
  if (!signature || !blob) return false;
  const parsed = keyParser.parseKey(`${key.type} ${key.blob.toString('base64')}`);
  if (parsed instanceof Error) return false;
  // ssh2 answers with an Error, not false, when the signature cannot even be read.
  return (parsed.verify(blob, signature, hashAlgo) as boolean | Error) === true;
}

/** Larger files are not key lists. */
const maxFileBytes = 1 << 20;

/** All keys of all files as they are now: metadata, or a person, may have changed them since the start. */
function authorizedKeys(files: readonly string[], log: Log): AuthorizedKey[] {
  return files.flatMap((file) => {
    try {
      return parseAuthorizedKeys(readFileSync(file, 'utf8').slice(0, maxFileBytes));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
        log(`cannot read "${file}": ${reasonOf(error)}`);
      }
      return [];
    }
  });
}

/** One connection's attempts, and the one line the log gets about them. */
export class LoginAttempts {
  readonly #refused: string[] = [];
  #user = '';

  /** True when the client has used up its tries. */
  refused(user: string, why: string): boolean {
    this.#user = user;
    this.#refused.push(why);
    return this.#refused.length >= limits.loginTries;
  }

  /** Undefined when nothing was tried. */
  summary(from: string): string | undefined {
    if (this.#refused.length === 0) return undefined;
    const tried = [...new Set(this.#refused)].join(', ');
    return `refused ${quoted(this.#user)} from ${from}: ${tried}`;
  }
}
