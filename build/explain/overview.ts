import { sections } from '../../lib/bundle/bundle.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { totalBytes } from '../image/plan/budgets.ts';
import type { ImagePart } from '../image/plan/image-part.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import { mergedBudgets } from '../manifest/print.ts';
import type { Budgets } from '../manifest/types.ts';

/** The image of a manifest: its entries, and the parts that take up room in it. */
export interface Overview {
  readonly arch: string;
  readonly bytes: number;
  /** The least memory, in MiB, that it boots in with its root in memory. */
  readonly memoryMiB: number;
  /** As written in the manifest. */
  readonly budgets: Budgets;
  /** The certificate's file in `signing:`; null: what UEFI starts is signed by nobody. */
  readonly signedBy: string | null;
  readonly entries: readonly OverviewEntry[];
  /** The largest first. */
  readonly parts: readonly ImagePart[];
}

export interface OverviewEntry {
  /** `kernel`, `init`, `services dhcp` */
  readonly entry: string;
  /** The manifest's names of them. */
  readonly images: readonly string[];
  /** Size of the parts that only this entry needs. */
  readonly ownBytes: number;
  /** Size of the parts that it shares with other entries. */
  readonly sharedBytes: number;
}

export async function overviewOf(
  { manifest }: Pick<ImagePlan, 'manifest'>,
  image: Pick<BootImage, 'arch' | 'parts' | 'memoryMiB'>,
): Promise<Overview> {
  const parts = (await image.parts()).toSorted((a, b) => b.bytes - a.bytes);
  const { kernel, init, volumes } = manifest;
  const lines: (readonly [entry: string, images: readonly (string | undefined)[]])[] = [
    ...(kernel ? [['kernel', [kernel.value.image?.text]] as const] : []),
    ...(init.length > 0 ? [['init', init.map(({ value }) => value.text)] as const] : []),
    ...volumes.map(({ value }) => [`volumes ${value.name}`, [value.image?.text]] as const),
    ...sections.flatMap((section) =>
      manifest[section].map(({ value }) => [`${section} ${value.name}`, [value.image.text]] as const),
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
  const signedBy = manifest.signing?.value.certificate ?? null;
  const memoryMiB = await image.memoryMiB();
  return { arch, bytes: totalBytes(parts), memoryMiB, budgets, signedBy, entries, parts };
}
