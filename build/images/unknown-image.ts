import { KitError } from '../../lib/errors/errors.ts';

/** A name for which there is no image; whoever knows where the name was written adds the place. */
export class UnknownImageError extends KitError {
  readonly ref: string;

  constructor(ref: string, message: string, hint: string | undefined, cause?: unknown) {
    super(message, { hint, cause });
    this.ref = ref;
  }
}
