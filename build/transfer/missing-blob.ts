import { KitError } from '../../lib/errors/errors.ts';
import { RegistryError } from '../registry/registry-error.ts';

/** Where an image comes from does not have this blob. */
export class MissingBlobError extends KitError {}

/** Whether a blob is not there at all, so that an image can do without it if it is not needed. */
export const isMissing = (thrown: unknown): boolean =>
  thrown instanceof MissingBlobError || (thrown instanceof RegistryError && thrown.status === 404);
