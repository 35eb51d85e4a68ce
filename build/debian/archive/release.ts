import { KitError } from '../../../lib/errors/errors.ts';
import { setting } from '../../config/setting.ts';
import { dataFile } from '../../host/paths.ts';
import type { Work } from '../../work.ts';
import { keysOf, signedText } from './signed-text.ts';

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

/** The file with the keys of the archive. */
export const archiveKeyring = ({ env }: Work): string => setting(env, 'debian.keyring')?.value ?? ownKeyring;

/**
 * Reads an InRelease file: checks its signature against Debian's keys (or those of the setting
 * debian.keyring), that it is of this suite, and that it has not expired. @throws KitError
 */
export async function readRelease(inRelease: string, suite: string, work: Work): Promise<Release> {
  const keyring = archiveKeyring(work);
  const text = await signedText(inRelease, await keysOf(keyring), (reason, cause) =>
    refused(suite, reason, { cause }),
  );
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
