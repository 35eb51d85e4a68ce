import { KitError } from '../../lib/errors/errors.ts';

/** That the device holds something, and what to do. */
export const taken = (device: string, what: string): KitError =>
  new KitError(`Cannot encrypt "${device}": it holds ${what}`, {
    hint: '--force encrypts it all the same; what it holds is lost',
  });
