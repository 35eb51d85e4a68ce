import { sections } from '../../lib/bundle/bundle.ts';
import type { Assembly } from '../image/plan/assembly.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { totalBytes } from '../image/plan/budgets.ts';
import type { ImagePart } from '../image/plan/image-parts.ts';
import { mergedBudgets } from '../manifest/print.ts';
import type { Budgets } from '../manifest/types.ts';

/** A manifest as an image: its entries, and what takes room in it. */
export interface Overview {
  readonly arch: string;
  readonly bytes: number;
  /** The least memory that it boots in with its root in memory. */
  readonly memoryMiB: number;
  /** As the manifest writes them. */
  readonly budgets: Budgets;
  readonly entries: readonly OverviewEntry[];
  /** The largest first. */
  readonly parts: readonly ImagePart[];
}

export interface OverviewEntry {
  /** `kernel`, `init`, `services dhcp` */
  readonly entry: string;
  /** As the manifest names them. */
  readonly images: readonly string[];
  /** What would go with it. */
  readonly ownBytes: number;
  /** What it shares with others. */
  readonly sharedBytes: number;
}

export async function overviewOf(
  { manifest }: Pick<Assembly, 'manifest'>,
  image: Pick<BootImage, 'arch' | 'parts' | 'memoryMiB'>,
): Promise<Overview> {
  const parts = (await image.parts()).toSorted((a, b) => b.bytes - a.bytes);
  const { kernel, init, volumes } = manifest;
  const lines: (readonly [entry: string, images: readonly (string | undefined)[]])[] = [
    ...(kernel ? [['kernel', [kernel.value.image]] as const] : []),
    ...(init.length > 0 ? [['init', init.map(({ value }) => value)] as const] : []),
    ...volumes.map(({ value }) => [`volumes ${value.name}`, [value.image]] as const),
    ...sections.flatMap((section) =>
      manifest[section].map(({ value }) => [`${section} ${value.name}`, [value.image]] as const),
    ),
  ];
  const entries = lines.map(([entry, images]) => ({
    entry,
    images: images.filter((ref) => ref !== undefined),
    ownBytes: totalBytes(parts.filter(({ users }) => users.length === 1 && users[0] === entry)),
    sharedBytes: totalBytes(parts.filter(({ users }) => users.length > 1 && users.includes(entry))),
  }));
  const budgets = mergedBudgets(manifest.budgets) ?? {};
  const { arch } = image;
  return { arch, bytes: totalBytes(parts), memoryMiB: await image.memoryMiB(), budgets, entries, parts };
}
