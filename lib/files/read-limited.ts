import { readFileSync, statSync } from 'node:fs';
import { codeOf, KitError, reasonOf } from '../errors/errors.ts';

/** The bytes of a file, if it is one and not larger. @throws what `cannot` makes of the reason */
export function readLimited(path: string, limit: number, cannot: (why: string) => KitError): Buffer {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw cannot('it is not a file');
    if (found.size > limit) throw cannot(`it has more than ${limit} bytes`);
    return readFileSync(path);
  } catch (thrown) {
    if (thrown instanceof KitError) throw thrown;
    throw cannot(codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown));
  }
}
