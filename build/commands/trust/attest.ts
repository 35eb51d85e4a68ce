import type { KeyObject } from 'node:crypto';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { statementKind } from '../../attest/types.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { commaSeparated } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import type { Reference } from '../../reference/reference.ts';
import type { Work } from '../../work.ts';

export function withAttest(command: KitCommand): KitCommand {
  return command.option(
    '--attest <statement>',
    'also attach this signed statement: spdx, cyclonedx or provenance; may be repeated',
    commaSeparated,
    [],
  );
}

/** What was attached to an image, as commands print it. */
export interface Attached {
  readonly name: string;
  readonly digest: Digest;
  /** `signature`, `spdx`; null for an image of another platform, about which kit states nothing. */
  readonly type: string | null;
}

/** @param kinds of `--attest` @throws KitError for an unknown one */
export function attesterOf(
  kinds: readonly string[],
  key: KeyObject,
  { env }: Pick<Context, 'env'>,
): (reference: Reference, work: Work, digest: Digest | undefined) => Promise<Attached[]> {
  const options = { key, kinds: [...new Set(kinds.map(statementKind))], env, attested: new Set<Digest>() };
  if (options.kinds.length === 0) return async () => [];
  return async (reference, work, digest) => {
    const { attestImage } = await import('../../attest/attest-image.ts');
    const attested = await attestImage(reference, options, work, digest);
    if (!attested.some((one) => one.kinds.length > 0)) {
      const found = attested.map(({ platform }) => platform).join(', ') || 'no image';
      const what = attested[0]?.name ?? reference.repository;
      throw new KitError(
        `Cannot attest "${what}": it has ${found}, and kit reads linux/amd64 and linux/arm64`,
      );
    }
    return attested.flatMap(({ name, digest: own, kinds: made }): Attached[] =>
      (made.length > 0 ? made : [null]).map((type) => ({ name, digest: own, type })),
    );
  };
}

/** Rows for people. */
export const attachedRows = (attached: readonly Attached[]): string[][] =>
  attached.map(({ name, digest, type }) => [name, digest, type ?? 'no statement: another platform']);
