import { KitError } from '../../../lib/errors/errors.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { isLargeLayer } from '../../layers/erofs.ts';
import type { WantedLayer } from '../../layers/layers.ts';
import type { KernelOptions } from '../../manifest/types.ts';
import type { Work } from '../../work.ts';
import { configOfImage } from '../kernel/find-config.ts';

/**
 * Refuses `--small` for a kernel whose configuration says that it cannot read its layers; one without a
 * configuration is tried. @throws KitError
 */
export async function needLzma(kernel: ResolvedImage, fields: KernelOptions, work: Work): Promise<void> {
  const text = await configOfImage(kernel, fields, work).catch(() => undefined);
  if (text === undefined || readsLzma(text)) return;
  throw new KitError(
    `Cannot build with --small: the kernel of "${kernel.name}" lacks CONFIG_EROFS_FS_ZIP_LZMA, so it reads no LZMA`,
    { hint: 'pkg/kernel and pkg/kernel-metal have it; without --small, layers are compressed by zstd' },
  );
}

/** Whether EROFS of a kernel with this configuration reads LZMA. */
export const readsLzma = (text: string): boolean => /^CONFIG_EROFS_FS_ZIP_LZMA=y$/m.test(text);

/** Says what `--small` costs. */
export function sayCost(layers: readonly WantedLayer[], { progress }: Pick<Work, 'progress'>): void {
  const large = layers.filter(isLargeLayer);
  const names = large.map(({ title }) => title).join(', ');
  progress.line(
    large.length === 0
      ? '--small changes nothing: no layer is large'
      : `--small: ${large.length} layers are compressed by LZMA, which is slow to read: the machine boots later (${names})`,
  );
}
