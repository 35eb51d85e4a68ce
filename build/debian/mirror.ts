import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { parseSources } from './apt-sources.ts';

/** Where Debian packages come from. */
export interface DebianMirror {
  /** Without a trailing slash. */
  readonly uri: string;
  /** Path of the keyring that verifies its releases. */
  readonly keyring: string;
}

const keyrings = ['pgp', 'gpg'].map((type) => `/usr/share/keyrings/debian-archive-keyring.${type}`);

/** KIT_DEBIAN_MIRROR, else the mirror of Debian's main archive in the host's apt sources. */
export function debianMirror(
  env: Readonly<Record<string, string | undefined>>,
  aptFolder = '/etc/apt',
): DebianMirror {
  const chosen = env.KIT_DEBIAN_MIRROR;
  if (chosen && !/^[a-z+]+:\/./.test(chosen)) {
    throw new KitError(
      `Cannot use the Debian mirror "${chosen}": want an address that begins with "https://"`,
      {
        hint: 'KIT_DEBIAN_MIRROR names the mirror; without it, kit takes that of the host',
      },
    );
  }
  const found = chosen ? { uri: chosen, keyring: '' } : hostMirror(aptFolder);
  if (!found) {
    throw new KitError(
      `Cannot find a Debian mirror: no apt source in "${aptFolder}" is Debian's main archive`,
      {
        hint: 'set KIT_DEBIAN_MIRROR to the address of one',
      },
    );
  }
  const keyring = [found.keyring, ...keyrings].find((file) => file.startsWith('/') && existsSync(file));
  if (!keyring) {
    throw new KitError(`Cannot check Debian's signatures: no file "${keyrings.at(-1)}"`, {
      hint: 'install the package debian-archive-keyring',
    });
  }
  return { uri: resolveMirrorList(found.uri).replace(/\/+$/, ''), keyring };
}

/** Names of Debian releases. Suites such as `bookworm-security` are on other mirrors. */
const releases =
  /^(oldoldstable|oldstable|stable|testing|unstable|sid|buster|bullseye|bookworm|trixie|forky)$/;

function hostMirror(aptFolder: string): DebianMirror | undefined {
  const sources = sourceFiles(aptFolder).flatMap((file) => parseSources(file, readFileSync(file, 'utf8')));
  const own = sources.find(
    ({ suites, components, signedBy }) =>
      suites.some((suite) => releases.test(suite)) &&
      components.includes('main') &&
      // Third-party archives use the same release names, with other keys.
      (signedBy === '' || signedBy.includes('debian-archive')),
  );
  const uri = own?.uris[0];
  return uri === undefined ? undefined : { uri, keyring: own?.signedBy ?? '' };
}

function sourceFiles(aptFolder: string): string[] {
  const parts = join(aptFolder, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).sort() : [];
  return [
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(parts, name)),
    join(aptFolder, 'sources.list'),
  ].filter((file) => existsSync(file));
}

/** The first mirror of a `mirror+file:` list, as Debian's cloud images have it: apt-transport-mirror(1). */
function resolveMirrorList(uri: string): string {
  const file = /^mirror\+file:\/*(\/.*)$/.exec(uri)?.[1];
  if (file === undefined || !existsSync(file)) return uri;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => /^[a-z]/.test(text));
  return line?.split(/\s/)[0] ?? uri;
}
