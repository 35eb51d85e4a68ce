import { KitError } from '../../lib/errors/errors.ts';
import { sbomSpec } from '../image/plan/sbom-spec.ts';
import { sbomText } from '../image/sbom/sbom-text.ts';
import { cycloneText } from './cyclonedx.ts';
import { readBom } from './read-bom.ts';
import type { BomSubject } from './subject.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A bill of materials as JSON. @param format `spdx` or `cyclonedx` @throws KitError for another one */
export async function bomText(subject: BomSubject, format: string, env: Env): Promise<string> {
  const { created } = sbomSpec({}, env);
  if (format === 'spdx') {
    return subject.kind === 'images' ? sbomText(subject.images, created) : spdxDocument(subject);
  }
  if (format !== 'cyclonedx') {
    throw new KitError(`Cannot write "${format}": expected spdx or cyclonedx`, { exitCode: 2 });
  }
  if (subject.kind === 'document') {
    const { name, items } = readBom(subject.bytes, subject.name);
    return cycloneText(name, [{ name, digest: 'unknown', items }], created);
  }
  const parts = subject.images.map(({ name, image, components = [] }) => {
    return { name, digest: image.digest, items: components };
  });
  return cycloneText(subject.name, parts, created);
}

/** A document that is in SPDX already is passed on. */
function spdxDocument({ bytes, name }: Extract<BomSubject, { kind: 'document' }>): string {
  readBom(bytes, name);
  const text = bytes.toString();
  if (text.includes('"spdxVersion"')) return text.endsWith('\n') ? text : `${text}\n`;
  throw new KitError(`Cannot write "${name}" as SPDX: it is in CycloneDX`, { hint: '--format cyclonedx' });
}
