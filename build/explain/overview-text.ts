import { sizeText } from '../host/table.ts';
import { block, lineWidth, wrap } from './columns.ts';
import type { Overview } from './overview.ts';

/** The overview for a terminal of 80 columns. */
export function overviewText(title: string, overview: Overview): string {
  const { arch, bytes, memoryMiB, budgets, signedBy, entries, parts } = overview;
  const size = `${sizeText(bytes)}${within(budgets.image)}`;
  const memory = `${memoryMiB} MiB of memory${within(budgets.memory)}`;
  const widest = Math.max(5, ...entries.map(({ entry }) => entry.length)) + 2;
  const row = (entry: string, own: string, shared: string): string =>
    `${entry.padEnd(widest)}${own.padStart(9)}${shared.padStart(11)}  `;
  const named = Math.max(4, ...parts.map((part) => part.title.length)) + 1;
  const sized = (name: string, size: string): string => `${name.padEnd(named)}${size.padStart(9)}  `;
  const heads = [row('ENTRY', 'OWN', 'SHARED'), sized('PART', 'SIZE')] as const;
  return [
    ...wrap(`${title} for ${arch}: ${size}, boots in ${memory}`, lineWidth),
    ...(signedBy === null ? [] : wrap(`what UEFI starts is signed by ${signedBy}`, lineWidth)),
    '',
    ...block(heads[0], ['IMAGE'], heads[0].length),
    ...entries.flatMap(({ entry, images, ownBytes, sharedBytes }) =>
      block(
        row(entry, sizeText(ownBytes), sizeText(sharedBytes)),
        [images.join(' ') || '-'],
        heads[0].length,
      ),
    ),
    '',
    ...block(heads[1], ['USED BY'], heads[1].length),
    ...parts.flatMap((part) =>
      block(sized(part.title, sizeText(part.bytes)), [part.users.join(', ') || 'all'], heads[1].length),
    ),
    '',
  ].join('\n');
}

const within = (budget: string | undefined): string => (budget === undefined ? '' : ` (budget ${budget})`);
