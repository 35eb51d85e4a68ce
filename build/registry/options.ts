import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { parseReference } from './reference.ts';

/** Where another place holds the images of a registry. */
export interface Mirror {
  /** `docker.io`, or `*` for all. */
  readonly registry: string;
  /** What `/v2/` is appended to. May hold a user and a password: never shown. */
  readonly url: URL;
}

/** `[REG=]http(s)://HOST[/PATH]`, LinuxKit's `--mirror`. Without REG it is a mirror of every registry. */
export function parseMirror(text: string): Mirror {
  const [, registry = '*', address = ''] = /^(?:([^=/]+)=)?(https?:\/\/.+)$/.exec(text) ?? [];
  const url = URL.parse(address.replace(/\/+(?:v2\/*)?$/, ''));
  if (url?.search !== '' || url.hash !== '') {
    throw new KitError(
      `Cannot use mirror "${text.replace(/\/\/[^/@]*@/, '//')}": want [REGISTRY=]http(s)://HOST`,
      {
        hint: '--mirror docker.io=https://mirror.example',
        exitCode: 2,
      },
    );
  }
  return { registry: registry === '*' ? '*' : parseReference(`${registry}/x`).registry, url };
}

/** Those of the command line, then those of KIT_MIRROR or LINUXKIT_MIRROR, separated by commas or spaces. */
export function readMirrors(
  flags: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Mirror[] {
  const words = (env.KIT_MIRROR || env.LINUXKIT_MIRROR || '').split(/[\s,]+/).filter((word) => word !== '');
  return [...flags, ...words].map(parseMirror);
}

/** The texts of PEM files with certificates of authorities. */
export async function readCertificates(files: readonly string[]): Promise<string[]> {
  const texts = files.map(async (file) => {
    const cannot = (why: string): KitError => new KitError(`Cannot use certificate file "${file}": ${why}`);
    const text = await readFile(file, 'latin1').catch((thrown: unknown) => {
      throw cannot(reasonOf(thrown));
    });
    const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (found.length === 0) throw cannot('it holds no certificate in PEM form');
    for (const pem of found) {
      try {
        new X509Certificate(pem);
      } catch (thrown) {
        throw cannot(reasonOf(thrown));
      }
    }
    return found;
  });
  return (await Promise.all(texts)).flat();
}
