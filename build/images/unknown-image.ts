import { KitError } from '../../lib/errors/errors.ts';
import type { ImageRef } from '../reference/image-ref.ts';

/** There is no image of this name. Callers that know where the name is written add the place. */
export class UnknownImageError extends KitError {
  readonly ref: ImageRef;

  constructor(ref: ImageRef, message: string, hint: string | undefined, cause?: unknown) {
    super(message, { hint, cause });
    this.ref = ref;
  }
}
