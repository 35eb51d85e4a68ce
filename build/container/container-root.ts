import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { consoleNames } from '../../lib/cmdline/console-names.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import { dataFile } from '../host/paths.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { containerFiles } from './files.ts';
import { mountFolders } from './folders/mount-folders.ts';
import type { UserNamespace } from './ids/user-namespace.ts';
import type { ContainerLaunch } from './launch.ts';
import { mountLayer } from './layers/mount-layer.ts';

export interface ContainerRoot {
  /**
   * A tmpfs in this mount namespace. `new` is the root file system, with /run and /dev; `busybox` and
   * `start.sh` beside it start the container.
   */
  readonly scratch: string;
}

/** The host's devices that a container gets: none that gives access to anything of the host. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'fuse', 'net/tun'];

/**
 * Mounts the root file system as stage 1 does in a machine (pkg/init): the layers below /run/layers, and an
 * overlay of the root layers. Call it in a private mount namespace; the mounts vanish with that.
 * @param namespace null: that of this process is the container's
 */
export async function makeRoot(
  dir: string,
  launch: ContainerLaunch,
  namespace: UserNamespace | null,
  terminal: string,
): Promise<ContainerRoot> {
  const rootId = namespace?.rootId ?? 0;
  const scratch = join(dir, containerFiles.root);
  mount('root', scratch, 'tmpfs', ['mode=755', `uid=${rootId}`, `gid=${rootId}`]);
  // What is mounted below it later, for an update, reaches the container.
  mount('', scratch, '', ['shared']);
  const [folder, run] = [join(scratch, 'new'), join(scratch, 'run')];
  mkdirSync(folder);
  const lower = await mountLayers(run, launch, namespace);
  // Relative to the folder of the layers: the option is limited to a page, and the machine's path may be
  // long.
  process.chdir(join(run, 'layers'));
  mount('root', folder, 'overlay', ['ro', `lowerdir=${lower.join(':')}`]);
  process.chdir('/');
  mkdirSync(join(run, 'kit'));
  writeFileSync(join(run, 'kit/cmdline'), `${launch.cmdline}\n`);
  writeFileSync(join(run, 'kit/boot-id'), `${randomUUID()}\n`);
  mountFolders(run, launch, namespace);
  for (const path of ['', 'kit', 'kit/host', 'layers']) chownSync(join(run, path), rootId, rootId);
  mount(run, join(folder, 'run'), '', ['rbind']);
  makeDevices(join(folder, 'dev'), launch.cmdline, terminal, rootId, join(dir, machineFiles.data));
  // Copied here because the folders above the originals may be closed to the mapped root.
  copyFileSync(launch.busybox, join(scratch, 'busybox'));
  chmodSync(join(scratch, 'busybox'), 0o755);
  copyFileSync(dataFile('build/container/start.sh'), join(scratch, 'start.sh'));
  return { scratch };
}

/** Mounts all layers; returns the ids of the root layers, highest first. */
async function mountLayers(
  run: string,
  { layers, index, unpack }: ContainerLaunch,
  namespace: UserNamespace | null,
): Promise<string[]> {
  const mountPoint = (name: string): string => join(run, 'layers', name);
  for (const layer of layers) await mountLayer(layer, mountPoint(layer.id), unpack, namespace);
  const root = layers.filter(({ use }) => use === 'root').map(({ id }) => id);
  mkdirSync(mountPoint('top'));
  mount(mountPoint(root.at(-1) ?? ''), mountPoint('top'), '', ['bind', 'ro']);
  // Without the layer files: init attaches only layers that are not mounted yet.
  mkdirSync(join(run, 'layerfiles'));
  writeFileSync(join(run, 'layerfiles/index'), index);
  return root.toReversed();
}

/** Binds the host's harmless devices one by one, and the terminal as every console of the command line. */
function makeDevices(dev: string, cmdline: string, terminal: string, rootId: number, data: string): void {
  const own = (path: string): void => chownSync(path, rootId, rootId);
  mount('dev', dev, 'tmpfs', ['nosuid', 'mode=755', 'size=1m', `uid=${rootId}`, `gid=${rootId}`]);
  own(terminal);
  const bind = (from: string, name: string, ...options: string[]): void => {
    const to = join(dev, name);
    makeFolder(dirname(to));
    writeFileSync(to, '');
    mount(from, to, '', ['bind', ...options]);
  };
  // Read-only, so that nothing in the container changes the owner or the mode of a device of the host. A user
  // namespace may not take nosuid and noexec away from a mount of the host.
  const sealed = ['ro', 'nosuid', 'noexec'];
  for (const name of devices) if (existsSync(join('/dev', name))) bind(join('/dev', name), name, ...sealed);
  for (const name of ['console', ...consoleNames(cmdline).filter(isSafeConsole)]) bind(terminal, name);
  for (const name of ['pts', 'shm', 'mqueue']) {
    mkdirSync(join(dev, name));
    own(join(dev, name));
  }
  symlinkSync('pts/ptmx', join(dev, 'ptmx'));
  if (existsSync(data)) {
    // Where udev would link the volume with the machine's metadata.
    makeFolder(join(dev, 'disk/by-label'));
    copyFileSync(data, join(dev, 'disk/by-label/CIDATA'));
    own(join(dev, 'disk/by-label/CIDATA'));
  }
}

/**
 * The image chooses the command line: a name must not lead out of /dev. `console` itself is bound already.
 */
const isSafeConsole = (name: string): boolean => /^[A-Za-z0-9]+$/.test(name) && name !== 'console';
