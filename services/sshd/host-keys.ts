import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ParsedKey } from 'ssh2';
import keyParser from 'ssh2/lib/protocol/keyParser.js';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { Log } from './log.ts';

export interface HostKey {
  /** OpenSSH's private key format, as ssh-keygen reads it. */
  readonly pem: string;
  readonly type: string;
  readonly fingerprint: string;
}

/**
 * No RSA: generating a key takes seconds on a small machine, and all clients of the last ten years support
 * these types.
 */
const kinds = [
  { name: 'ssh_host_ed25519_key', type: 'ed25519', options: {} },
  { name: 'ssh_host_ecdsa_key', type: 'ecdsa', options: { bits: 256 } },
] as const;

/**
 * Reads the host keys in `folder` and generates missing ones. If they cannot be saved, logs this and returns
 * keys for this run only. A file that is not a key is renamed, not overwritten.
 */
export async function hostKeys(folder: string, log: Log): Promise<HostKey[]> {
  const keys: HostKey[] = [];
  for (const kind of kinds) {
    const path = join(folder, kind.name);
    keys.push(readKey(path, log) ?? (await makeKey(path, kind, log)));
  }
  return keys;
}

/** The format of `ssh-keygen -l`: `SHA256:` and base64 without padding. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function readKey(path: string, log: Log): HostKey | undefined {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') log(`cannot read host key "${path}": ${reasonOf(error)}`);
    return undefined;
  }
  const key = parsePrivate(pem);
  if (key) return { pem, type: key.type, fingerprint: fingerprint(key.getPublicSSH()) };
  log(`"${path}" is not a private key: renamed to "${path}.broken", generating a new one`);
  attempt(() => renameSync(path, `${path}.broken`), log);
  return undefined;
}

function parsePrivate(pem: string): ParsedKey | undefined {
  const key = keyParser.parseKey(pem);
  return key instanceof Error || !key.isPrivateKey() ? undefined : key;
}

async function makeKey(path: string, { type, options }: (typeof kinds)[number], log: Log): Promise<HostKey> {
  const { default: keygen } = await import('ssh2/lib/keygen.js');
  const { pair, key } = readablePair(() => keygen.generateKeyPairSync(type, { ...options, comment: 'kit' }));
  const saved = attempt(() => {
    makeFolder(dirname(path), 0o700);
    writeAtomically(path, pair.private, 0o600);
    writeAtomically(`${path}.pub`, `${pair.public.trim()}\n`, 0o644);
  }, log);
  const made = { pem: pair.private, type: key.type, fingerprint: fingerprint(key.getPublicSSH()) };
  const place = saved ? ` in ${path}` : ', not saved: lost at the next start';
  log(`generated host key ${made.type} ${made.fingerprint}${place}`);
  return made;
}

/**
 * ssh2 drops the zero bytes at the beginning of an ed25519 public key, so that one key in 256 cannot be read:
 * then another one is generated.
 */
export function readablePair<P extends { readonly private: string }>(
  generate: () => P,
): { readonly pair: P; readonly key: ParsedKey } {
  for (let tries = 0; tries < 20; tries += 1) {
    const pair = generate();
    const key = parsePrivate(pair.private);
    if (key) return { pair, key };
  }
  throw new Error('Cannot read back a generated host key');
}

function attempt(work: () => void, log: Log): boolean {
  try {
    work();
    return true;
  } catch (error) {
    log(`cannot save the host key: ${reasonOf(error)}`);
    return false;
  }
}

/** Writes and syncs a temporary file, then renames it: a power cut leaves either no key or a complete one. */
function writeAtomically(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.new`;
  const fd = openSync(temporary, 'w', mode);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}
