import { KitError } from '../../lib/errors/errors.ts';

/** What kit can state about an image, with the type of the in-toto predicate. */
export const predicateTypes = {
  /** SPDX 2.3 as JSON. */
  spdx: 'https://spdx.dev/Document',
  /** CycloneDX 1.6 as JSON. */
  cyclonedx: 'https://cyclonedx.org/bom',
  /** SLSA, build provenance v1. */
  provenance: 'https://slsa.dev/provenance/v1',
} as const;

export type StatementKind = keyof typeof predicateTypes;

/** @throws KitError for another word */
export function statementKind(text: string): StatementKind {
  const kind = Object.keys(predicateTypes).find((one): one is StatementKind => one === text);
  if (kind) return kind;
  const known = Object.keys(predicateTypes).join(', ');
  throw new KitError(`Cannot attest "${text}": expected ${known}`, { exitCode: 2 });
}
