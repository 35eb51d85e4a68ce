import { readFile } from 'node:fs/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { setting } from '../../config/setting.ts';
import { dataFile } from '../../host/paths.ts';
import type { Work } from '../../work.ts';

/** A verified Release file: https://wiki.debian.org/DebianRepository/Format */
export interface Release {
  /** The signed text. */
  readonly text: string;
  /** Size and sha256 of the suite's indexes, by path below `dists/<suite>`. */
  readonly files: ReadonlyMap<string, IndexFile>;
}

export interface IndexFile {
  readonly size: number;
  readonly sha256: string;
}

/** The keys of Debian's archive: keyring/README.md says where they come from. */
const ownKeyring = dataFile('build/debian/keyring/debian-archive-keyring.pgp');

/**
 * Reads an InRelease file: checks its signature against Debian's keys (or those of the setting
 * debian.keyring), that it is of this suite, and that it has not expired. @throws KitError
 */
export async function readRelease(inRelease: string, suite: string, work: Work): Promise<Release> {
  const keyring = setting(work.env, 'debian.keyring')?.value ?? ownKeyring;
  const text = await signedText(inRelease, keyring, suite);
  const head = fieldsOf(text);
  if (head.get('suite') !== suite && head.get('codename') !== suite) {
    throw refused(suite, `it is of suite "${head.get('suite')}"`);
  }
  const until = head.get('valid-until');
  // A mirror that stands still, or somebody between it and this host, would hold back security fixes.
  if (until !== undefined && !(Date.parse(until) >= Date.now()) && !acceptsExpired(work)) {
    throw refused(suite, `it expired on ${until}`, { hint: expiredHint });
  }
  return { text, files: filesOf(head.get('sha256') ?? '') };
}

const acceptsExpired = ({ env }: Work): boolean => setting(env, 'debian.expired')?.value === 'accept';

const expiredHint =
  'the mirror is out of date; for an archive of old versions, the setting debian.expired (KIT_DEBIAN_EXPIRED) ' +
  'is "accept"';

/** The signed part of a cleartext-signed message (RFC 9580, 7); what stands around it is not trusted. */
async function signedText(message: string, keyring: string, suite: string): Promise<string> {
  // Loaded here: it is needed only when a lock is made or renewed.
  const { readCleartextMessage, readKeys, verify } = await import('openpgp');
  const keys = await readFile(keyring)
    .then((bytes) =>
      bytes.toString('latin1').startsWith('-----BEGIN')
        ? readKeys({ armoredKeys: bytes.toString('latin1') })
        : readKeys({ binaryKeys: bytes }),
    )
    .catch((cause: unknown) => {
      throw new KitError(`Cannot read the OpenPGP keys "${keyring}": ${reasonOf(cause)}`, { cause });
    });
  const parsed = await readCleartextMessage({ cleartextMessage: message }).catch((cause: unknown) => {
    throw refused(suite, 'it is not signed', { cause });
  });
  const { data, signatures } = await verify({ message: parsed, verificationKeys: keys });
  const results = await Promise.allSettled(signatures.map(({ verified }) => verified));
  // A release is signed with several keys, of which an older keyring may lack some.
  if (results.some(({ status }) => status === 'fulfilled')) return data;
  const failed = results.find((result) => result.status === 'rejected');
  throw refused(suite, failed ? reasonOf(failed.reason) : 'it has no signature', {
    cause: failed?.reason,
  });
}

const keyringHint =
  'the setting debian.keyring (KIT_DEBIAN_KEYRING) names the keys of an archive that Debian does not sign';

function refused(
  suite: string,
  reason: string,
  { cause, hint = keyringHint }: { readonly cause?: unknown; readonly hint?: string } = {},
): KitError {
  return new KitError(`Cannot trust the Release file of Debian ${suite}: ${reason}`, { cause, hint });
}

/** The fields of a deb822 paragraph, in lower case. Lines of a field that continues are kept. */
function fieldsOf(text: string): Map<string, string> {
  const unfolded = text.replace(/\n[ \t]/g, '\0');
  const pairs = unfolded.split('\n').map((line) => /^([^\s:]+):[ \t]*(.*)$/.exec(line));
  return new Map(
    pairs.flatMap((pair) =>
      pair ? [[(pair[1] ?? '').toLowerCase(), (pair[2] ?? '').replaceAll('\0', '\n')]] : [],
    ),
  );
}

function filesOf(list: string): Map<string, IndexFile> {
  const rows = list.matchAll(/^\s*([0-9a-f]{64})\s+(\d+)\s+(\S+)\s*$/gm);
  return new Map([...rows].map(([, sha256 = '', size, path = '']) => [path, { size: Number(size), sha256 }]));
}
