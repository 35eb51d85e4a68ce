import { KitError } from '../../lib/errors/errors.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import { linuxkitImage } from './part-of.ts';

/** LinuxKit's init in a manifest that has kit's, too. */
export interface BothInits {
  /** Where LinuxKit's stands. */
  readonly at: Located<ImageRef>;
  /** The two of them. */
  readonly what: string;
}

export const whyOneInit = 'only one of them can be PID 1, and neither starts the containers of the other';

/** At most one pair. */
export function bothInits({ init }: Pick<Manifest, 'init'>): BothInits[] {
  const kit = init.find(
    ({ value }) => value.kind === 'package' && value.isNamed && value.text === 'pkg/init',
  );
  const at = init.find(({ value }) => linuxkitImage(value.text)?.name === 'init');
  return kit && at ? [{ at, what: `"${at.value.text}" beside "${kit.value.text}"` }] : [];
}

/** What nobody can build, run or migrate. */
export const bothInitsErrors = (manifest: Pick<Manifest, 'init'>): KitError[] =>
  bothInits(manifest).map(
    ({ at, what }) =>
      new KitError(`Cannot have two inits, ${what}: ${whyOneInit}`, {
        place: at.origin.place(),
        hint: 'take one of them out of `init:`',
      }),
  );
