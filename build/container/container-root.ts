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
import { mountWithOwners } from '../../lib/linux/mount/idmap.ts';
import { mountImage } from '../../lib/linux/mount/loop.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import type { ContainerLaunch } from '../backend/launch.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { Owner } from './owner.ts';

export interface ContainerRoot {
  /**
   * In memory, and seen by nobody else: `new`, the root file system with /run and /dev in place, and what starts it:
   * `busybox` and `start.sh`.
   */
  readonly scratch: string;
}

/** What there is of devices: none that reaches beyond the container. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'fuse', 'net/tun'];

/**
 * Puts the root file system together as stage 1 does in a machine (pkg/init): the layers below /run/layers, an overlay of
 * those that are the machine's own. To be called in a mount namespace of one's own; all of it goes with that.
 */
export function makeRoot(
  dir: string,
  launch: ContainerLaunch,
  owner: Owner,
  terminal: string,
): ContainerRoot {
  const scratch = join(dir, machineFiles.root);
  mount('root', scratch, 'tmpfs', ['mode=755', `uid=${owner.id}`, `gid=${owner.id}`]);
  const [folder, run] = [join(scratch, 'new'), join(scratch, 'run')];
  mkdirSync(folder);
  const lower = mountLayers(run, launch, owner);
  mount('root', folder, 'overlay', ['ro', `lowerdir=${lower.map(escaped).join(':')}`]);
  mkdirSync(join(run, 'kit'));
  writeFileSync(join(run, 'kit/cmdline'), `${launch.cmdline}\n`);
  writeFileSync(join(run, 'kit/boot-id'), `${randomUUID()}\n`);
  for (const path of ['', 'kit', 'layers']) chownSync(join(run, path), owner.id, owner.id);
  mount(run, join(folder, 'run'), '', ['rbind']);
  makeDevices(join(folder, 'dev'), launch.cmdline, terminal, owner, join(dir, machineFiles.data));
  // The way to where they lie may be closed to the container; to this folder it is not, since it begins here.
  copyFileSync(launch.busybox, join(scratch, 'busybox'));
  chmodSync(join(scratch, 'busybox'), 0o755);
  copyFileSync(join(import.meta.dirname, 'start.sh'), join(scratch, 'start.sh'));
  return { scratch };
}

/** The machine's folder may have in its path what separates overlayfs's options and lower folders. */
const escaped = (path: string): string => path.replaceAll(/[\\,:]/g, '\\$&');

/** The machine's own layers, highest first. */
function mountLayers(run: string, { layers, index }: ContainerLaunch, owner: Owner): string[] {
  const place = (name: string): string => join(run, 'layers', name);
  for (const { id, file } of layers) {
    mkdirSync(place(id), { recursive: true });
    mountImage(file, place(id), 'erofs');
    mountWithOwners(place(id), place(id), owner.namespace);
  }
  const root = layers.filter(({ use }) => use === 'root').map(({ id }) => place(id));
  mkdirSync(place('top'));
  mount(root.at(-1) ?? '', place('top'), '', ['bind', 'ro']);
  // The files themselves are not shown: all of them are attached.
  mkdirSync(join(run, 'layerfiles'));
  writeFileSync(join(run, 'layerfiles/index'), index);
  return root.toReversed();
}

/** The host's own devices are shown one by one; the terminal is every console that the command line names. */
function makeDevices(dev: string, cmdline: string, terminal: string, owner: Owner, data: string): void {
  const own = (path: string): void => chownSync(path, owner.id, owner.id);
  mount('dev', dev, 'tmpfs', ['nosuid', 'mode=755', 'size=1m', `uid=${owner.id}`, `gid=${owner.id}`]);
  own(terminal);
  const show = (from: string, name: string): void => {
    const to = join(dev, name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, '');
    mount(from, to, '', ['bind']);
  };
  for (const name of devices) if (existsSync(join('/dev', name))) show(join('/dev', name), name);
  for (const name of ['console', ...consoleNames(cmdline).filter(isPlain)]) show(terminal, name);
  for (const name of ['pts', 'shm', 'mqueue']) mkdirSync(join(dev, name));
  for (const name of ['pts', 'shm', 'mqueue']) own(join(dev, name));
  symlinkSync('pts/ptmx', join(dev, 'ptmx'));
  if (existsSync(data)) {
    // Where udev would show the volume with the machine's metadata.
    mkdirSync(join(dev, 'disk/by-label'), { recursive: true });
    copyFileSync(data, join(dev, 'disk/by-label/CIDATA'));
    own(join(dev, 'disk/by-label/CIDATA'));
  }
}

/** The command line is the image's: what could lead out of /dev is no console, and one that is there already is. */
const isPlain = (name: string): boolean => /^[A-Za-z0-9]+$/.test(name) && name !== 'console';
