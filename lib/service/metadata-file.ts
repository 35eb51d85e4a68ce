import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, KitError } from '../errors/errors.ts';
import { systemReason } from '../errors/system.ts';

/**
 * Where pkg/metadata writes the machine's metadata; KIT_METADATA names another folder, for tries at a desk.
 */
export const metadataFolder = (): string => process.env.KIT_METADATA || '/run/config';

/** A larger file is no setting. */
const maxBytes = 1 << 20;

/** The text of a metadata file without blanks around it; undefined when it is missing or empty. */
export function metadataText(path: string, folder: string = metadataFolder()): string | undefined {
  const file = join(folder, path);
  try {
    if (statSync(file).size > maxBytes)
      throw new KitError(`Cannot read "${file}": longer than ${maxBytes} bytes`);
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (thrown) {
    if (thrown instanceof KitError) throw thrown;
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined;
    throw new KitError(`Cannot read "${file}": ${systemReason(thrown)}`, { cause: thrown });
  }
}
