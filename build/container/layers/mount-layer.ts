import { makeFolder } from '../../../lib/files/make-folder.ts';
import { mountWithOwners } from '../../../lib/linux/mount/idmap.ts';
import { mountImage } from '../../../lib/linux/mount/loop.ts';
import { mount } from '../../../lib/linux/mount/mount.ts';
import { tryLock } from '../../cache/file-lock.ts';
import { unpackedLock } from '../../cache/unpacked.ts';
import type { ToolCommand } from '../../tools/command.ts';
import type { UserNamespace } from '../ids/user-namespace.ts';
import type { ContainerLayer } from '../launch.ts';

/**
 * Mounts a layer, read-only, on a folder that it makes. @param unpack fsck.erofs(1)
 * @param namespace the container's, if it is not that of this process
 */
export async function mountLayer(
  { kind, path }: ContainerLayer,
  target: string,
  unpack: ToolCommand,
  namespace: UserNamespace | null,
): Promise<void> {
  makeFolder(target);
  switch (kind) {
    case 'image':
      mountImage(path, target, 'erofs');
      if (namespace) mountWithOwners(target, target, namespace.descriptor);
      return;
    case 'folder':
      // Until this process ends: kit cache clean leaves the folder alone.
      tryLock(unpackedLock(path), 'shared');
      // All flags at once: those that the folder's file system has already may not be removed.
      mount(path, target, '', ['bind', 'ro', 'nosuid', 'nodev']);
      return;
    case 'unpack': {
      // Loaded only here: the launcher otherwise needs nothing of it.
      const { runProgram } = await import('../../host/program.ts');
      const { file, args, env } = unpack;
      const options = ['-d0', `--extract=${target}`, '--overwrite', '--preserve', '--no-xattrs', path];
      const { signal } = new AbortController();
      await runProgram(file, [...args, ...options], { env, alone: true, signal });
      mount(target, target, '', ['bind', 'ro']);
    }
  }
}
