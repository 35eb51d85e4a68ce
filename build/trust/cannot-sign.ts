import { KitError } from '../../lib/errors/errors.ts';
import { RegistryError } from '../registry/registry-error.ts';

/** What a registry has refused, as the error of signing this image; anything else as it is. */
export function cannotSign(name: string, thrown: unknown): unknown {
  if (!(thrown instanceof RegistryError)) return thrown;
  return new KitError(`Cannot sign "${name}": ${thrown.message}`, { hint: thrown.hint, cause: thrown });
}
