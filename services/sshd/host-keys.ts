import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ParsedKey } from 'ssh2';
import keyParser from 'ssh2/lib/protocol/keyParser.js';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import type { Log } from './log.ts';

export interface HostKey {
  /** OpenSSH's private key format, as ssh-keygen reads it. */
  readonly pem: string;
  readonly type: string;
  readonly fingerprint: string;
}

/** No RSA: making one takes seconds on a small machine, and every client of the last ten years knows these. */
const kinds = [
  { name: 'ssh_host_ed25519_key', type: 'ed25519', options: {} },
  { name: 'ssh_host_ecdsa_key', type: 'ecdsa', options: { bits: 256 } },
] as const;

/**
 * The host keys kept in `folder`; missing ones are made and kept. Where they cannot be kept the server still works, with
 * keys of this run only, and says so. A file that is no key is set aside, not overwritten.
 */
export async function hostKeys(folder: string, log: Log): Promise<HostKey[]> {
  const keys: HostKey[] = [];
  for (const kind of kinds) {
    const path = join(folder, kind.name);
    keys.push(readKey(path, log) ?? (await makeKey(path, kind, log)));
  }
  return keys;
}

/** As `ssh-keygen -l` prints it: `SHA256:` and base64 without padding. */
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
  log(`"${path}" is no private key; it is kept as "${path}.broken" and a new one is made`);
  attempt(() => renameSync(path, `${path}.broken`), log);
  return undefined;
}

function parsePrivate(pem: string): ParsedKey | undefined {
  const key = keyParser.parseKey(pem);
  return key instanceof Error || !key.isPrivateKey() ? undefined : key;
}

async function makeKey(path: string, { type, options }: (typeof kinds)[number], log: Log): Promise<HostKey> {
  const { default: keygen } = await import('ssh2/lib/keygen.js');
  const pair = keygen.generateKeyPairSync(type, { ...options, comment: 'kit' });
  const key = parsePrivate(pair.private);
  if (!key) throw new Error(`made a key of type ${type} that cannot be read back`);
  const kept = attempt(() => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(path, pair.private, 0o600);
    writeWhole(`${path}.pub`, `${pair.public.trim()}\n`, 0o644);
  }, log);
  const made = { pem: pair.private, type: key.type, fingerprint: fingerprint(key.getPublicSSH()) };
  log(`made host key ${made.type} ${made.fingerprint}${kept ? ` in ${path}` : ', lost at the next start'}`);
  return made;
}

function attempt(work: () => void, log: Log): boolean {
  try {
    work();
    return true;
  } catch (error) {
    log(`cannot keep the host key: ${reasonOf(error)}`);
    return false;
  }
}

/** Beside, fsync, rename: a power cut leaves either no key or a whole one. */
function writeWhole(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}.new`;
  const fd = openSync(beside, 'w', mode);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
}
