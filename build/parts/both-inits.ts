import type { Located, Manifest } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import { linuxkitImage } from './part-of.ts';

/** LinuxKit's init where kit's is, too: only one can be PID 1. At most one pair. */
export function bothInits({ init }: Pick<Manifest, 'init'>): {
  readonly kit: Located<ImageRef>;
  readonly linuxkit: Located<ImageRef>;
}[] {
  const kit = init.find(
    ({ value }) => value.kind === 'package' && value.isNamed && value.text === 'pkg/init',
  );
  const linuxkit = init.find(({ value }) => linuxkitImage(value.text)?.name === 'init');
  return kit && linuxkit ? [{ kit, linuxkit }] : [];
}
