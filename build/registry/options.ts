import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { parseReference } from '../reference/reference.ts';
import type { RegistryMirror } from '../work.ts';

/** `[REG=]http(s)://HOST[/PATH]`, as for LinuxKit's `--mirror`. Without REG, a mirror of every registry. */
export function parseMirror(text: string): RegistryMirror {
  const [, registry = '*', address = ''] = /^(?:([^=/]+)=)?(https?:\/\/.+)$/.exec(text) ?? [];
  const url = URL.parse(address.replace(/\/+(?:v2\/*)?$/, ''));
  if (url?.search !== '' || url.hash !== '') {
    throw new KitError(
      `Cannot use mirror "${text.replace(/\/\/[^/@]*@/, '//')}": expected [REGISTRY=]http(s)://HOST`,
      {
        hint: '--mirror docker.io=https://mirror.example',
        exitCode: 2,
      },
    );
  }
  return { registry: registry === '*' ? '*' : parseReference(`${registry}/x`).registry, url };
}

/**
 * Mirrors of the command line, then those in KIT_MIRROR or LINUXKIT_MIRROR, separated by commas or spaces.
 */
export function readMirrors(
  flags: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): RegistryMirror[] {
  const words = (env.KIT_MIRROR || env.LINUXKIT_MIRROR || '').split(/[\s,]+/).filter((word) => word !== '');
  return [...flags, ...words].map(parseMirror);
}

/** All certificates in PEM files. @throws KitError for a file without any, or with a damaged one */
export function readCertificates(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const cannot = (why: string): KitError => new KitError(`Cannot use certificate file "${file}": ${why}`);
    const found = readText(file, cannot).match(pem) ?? [];
    if (found.length === 0) throw cannot('it holds no certificate in PEM form');
    for (const text of found) if (!isCertificate(text)) throw cannot('a certificate in it is damaged');
    return found;
  });
}

const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readText(file: string, cannot: (why: string) => KitError): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (thrown) {
    throw cannot(codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown));
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}
