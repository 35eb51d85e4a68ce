import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KitError } from '../../../lib/errors/errors.ts';
import { setting } from '../../config/setting.ts';
import { type AptSource, parseSources } from './apt-sources.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where Debian packages come from. */
export interface DebianMirror {
  /** Without a trailing slash. */
  readonly uri: string;
  /** The variable or file that names it. */
  readonly from: string;
}

const hint =
  '"kit config set debian.mirror https://HOST/debian" or KIT_DEBIAN_MIRROR names one; Debian lists its mirrors ' +
  'at www.debian.org/mirror/list';

/**
 * The mirror of the settings, else that of Debian's main archive in the host's apt sources. @throws KitError
 */
export function debianMirror(env: Env, hostRoot = '/'): DebianMirror {
  const found = findMirror(env, hostRoot);
  if (found) return found;
  throw new KitError(
    'Cannot find a Debian mirror: no setting names one, and this host has no apt source of Debian',
    {
      hint,
    },
  );
}

/** Undefined if neither the settings nor the host names a mirror. */
export function findMirror(env: Env, hostRoot = '/'): DebianMirror | undefined {
  const chosen = setting(env, 'debian.mirror');
  const found = chosen ? { uri: chosen.value, from: chosen.from } : hostMirror(hostRoot);
  return found && { ...found, uri: plainUri(found.uri) };
}

/**
 * The mirror of the security archive: of the settings, else of the host's apt sources if the main mirror is
 * from there too, else beside the main mirror, as Debian's own mirrors have it:
 * `https://HOST/debian-security`. Undefined if the setting is "none".
 */
export function securityMirror(env: Env, hostRoot = '/'): DebianMirror | undefined {
  const chosen = setting(env, 'debian.security');
  if (chosen?.value === 'none') return undefined;
  if (chosen) return { uri: plainUri(chosen.value), from: chosen.from };
  const main = findMirror(env, hostRoot);
  const host = setting(env, 'debian.mirror') ? undefined : hostSecurityMirror(hostRoot);
  if (host) return { ...host, uri: plainUri(host.uri) };
  return main && { ...main, uri: `${main.uri}-security` };
}

/** The archives of old versions in the settings, without trailing slashes. */
export function snapshotMirrors(env: Env): string[] {
  return (setting(env, 'debian.snapshot')?.value ?? []).map(plainUri);
}

const plainUri = (uri: string): string => resolveMirrorList(uri).replace(/\/+$/, '');

interface HostSource extends AptSource {
  readonly file: string;
}

/**
 * The source of Debian's main archive that is most certainly Debian's. Other archives use the names of
 * Debian's suites too (`stable main` of a browser, say), so a source without Debian's keyring counts only if
 * its address ends as those of Debian's mirrors do, or if this host is Debian and the suite has Debian's code
 * name.
 */
function hostMirror(hostRoot: string): DebianMirror | undefined {
  const main = hostSources(hostRoot).filter(({ suites }) => suites.some((suite) => releases.test(suite)));
  const own =
    main.find(({ signedBy }) => isDebianKey(signedBy)) ??
    main.find(({ uris }) => /\/debian\/*$/.test(uris[0] ?? '')) ??
    (isDebian(hostRoot)
      ? main.find(({ suites }) => suites.some((suite) => codeNames.test(suite)))
      : undefined);
  return mirrorOf(own);
}

/** `bookworm-security`; `buster/updates` in older releases. */
function hostSecurityMirror(hostRoot: string): DebianMirror | undefined {
  const sources = hostSources(hostRoot).filter(({ suites }) =>
    suites.some((suite) => securitySuites.test(suite)),
  );
  return mirrorOf(
    sources.find(({ signedBy }) => isDebianKey(signedBy)) ??
      sources.find(({ uris }) => /\/debian-security\/*$/.test(uris[0] ?? '')),
  );
}

const securitySuites = /^[a-z]+(?:-security|\/updates)$/;

function mirrorOf(source: HostSource | undefined): DebianMirror | undefined {
  const uri = source?.uris[0];
  return source && uri !== undefined ? { uri, from: source.file } : undefined;
}

/** Those with a component `main`, signed with Debian's key or one that is not named. */
function hostSources(hostRoot: string): HostSource[] {
  const sources = sourceFiles(join(hostRoot, 'etc/apt')).flatMap((file): HostSource[] =>
    parseSources(file, readFileSync(file, 'utf8')).map((source) => ({ ...source, file })),
  );
  return sources.filter(
    ({ components, signedBy }) => components.includes('main') && (signedBy === '' || isDebianKey(signedBy)),
  );
}

const isDebianKey = (signedBy: string): boolean => signedBy.includes('debian-archive');

/** Debian's releases. Suites such as `bookworm-security` are on other mirrors. */
const codeNames = /^(sid|buster|bullseye|bookworm|trixie|forky|duke)$/;
const releases =
  /^(oldoldstable|oldstable|stable|testing|unstable|sid|buster|bullseye|bookworm|trixie|forky|duke)$/;

/** os-release(5) */
function isDebian(hostRoot: string): boolean {
  const file = join(hostRoot, 'etc/os-release');
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'));
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
  const path = /^mirror\+file:\/*(\/.*)$/.exec(uri)?.[1];
  if (path === undefined || !URL.canParse(`file://${path}`)) return uri;
  const file = fileURLToPath(`file://${path}`);
  if (!existsSync(file)) return uri;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => /^[a-z]/.test(text));
  return line?.split(/\s/)[0] ?? uri;
}
