import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readTar, tarBytes } from '../../lib/archive/tar.ts';
import { type CopyOrder, copyDescriptors } from '../../lib/copy/order.ts';
import { receiveTree } from '../../lib/copy/receive.ts';
import { sendTree } from '../../lib/copy/send.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { enterRoot } from '../../lib/linux/mount/root.ts';
import { dieWithParent } from '../../lib/linux/process/parent.ts';

/**
 * Carries out an order of the supervisor, after chroot(2) into the given root.
 * @throws KitError whose message is a sentence fragment
 */
export async function runCopyOrder(order: CopyOrder): Promise<void> {
  dieWithParent();
  const socket = new Socket({ fd: copyDescriptors.archive, allowHalfOpen: true });
  enterRoot(copyDescriptors.root);
  // Files get exactly the modes in the archive.
  process.umask(0);
  if (order.kind === 'send') {
    const archive = tarBytes(sendTree(order.path, order.follow));
    return pipeline(Readable.from(archive, { objectMode: false }), socket);
  }
  // The client has disconnected or cancelled: receiveTree then removes partly written files. It gets the
  // error at its next read; while nobody reads, an error without a listener would end the program before.
  socket.on('error', () => {});
  process.on('SIGTERM', () => socket.destroy(new KitError('the copying was broken off')));
  const kind = order.archive ? 'archive' : 'tree';
  const bytes = socket.iterator({ destroyOnReturn: false });
  await receiveTree(readTar(bytes, 'archive'), { target: order.path, kind });
}
