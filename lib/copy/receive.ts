import type { TarEntry } from '../archive/tar.ts';
import { entriesOfTree, leadsOut } from './accepted.ts';
import { type CopyDestination, destinationBelow, destinationFor } from './destination.ts';
import { type Received, TreeWriter } from './tree-writer.ts';

export type { Received } from './tree-writer.ts';

export interface ReceiveOptions {
  readonly target: string;
  /** tree: entries of `sendTree`, placed by the rules of docker cp. archive: any, below a folder. */
  readonly kind: 'tree' | 'archive';
  /**
   * The name that was asked for (`sentName`), if the sender is not trusted. It then decides nothing but the
   * content: any other name is an error, links that lead out are left out, setuid and setgid bits dropped.
   */
  readonly asked?: string;
}

/**
 * Writes the entries of an archive, with their modes, times and links, owned by the user of this process. A
 * file appears under its name only when it is complete. No entry is written through a symbolic link, so none
 * leaves the folder.
 * @throws KitError that starts in lower case, to follow a colon
 */
export async function receiveTree(
  entries: AsyncIterable<TarEntry>,
  options: ReceiveOptions,
): Promise<Received> {
  const { target, kind, asked } = options;
  const mask = asked === undefined ? 0o7777 : 0o777;
  let destination: CopyDestination | undefined;
  let writer: TreeWriter | undefined;
  try {
    for await (const entry of kind === 'tree' ? entriesOfTree(entries, asked) : entries) {
      destination ??= await (kind === 'tree' ? destinationFor(target, entry) : destinationBelow(target));
      writer ??= await TreeWriter.below(destination.folder, mask);
      if (asked !== undefined && leadsOut(entry, asked)) writer.skip();
      else await writer.put(entry, destination.nameOf);
    }
    if (!writer && kind === 'archive') await destinationBelow(target);
    return (await writer?.finish()) ?? { files: 0, bytes: 0, skipped: 0 };
  } finally {
    await writer?.[Symbol.asyncDispose]();
  }
}
