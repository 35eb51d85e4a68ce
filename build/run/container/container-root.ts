import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mountImage } from '../../../lib/linux/loop.ts';
import { mount } from '../../../lib/linux/mount.ts';
import { machineFiles } from '../../machine/folder.ts';
import type { ContainerLaunch } from '../launch.ts';

export interface ContainerRoot {
  /** The root file system, with /run and /dev in place. */
  readonly folder: string;
  /** In memory, and seen by nobody else. */
  readonly scratch: string;
  /** A static program that runs before there is a root file system. */
  readonly busybox: string;
}

/** What there is of devices: none that reaches beyond the container. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'fuse', 'net/tun'];

/**
 * Puts the root file system together as stage 1 does in a machine (pkg/init): the layers below /run/layers, an overlay of
 * those that are the machine's own. To be called in a mount namespace of one's own; all of it goes with that.
 */
export function makeRoot(dir: string, launch: ContainerLaunch, terminal: string): ContainerRoot {
  const scratch = join(dir, machineFiles.root);
  mkdirSync(scratch, { recursive: true });
  mount('root', scratch, 'tmpfs', ['mode=755']);
  const [folder, run] = [join(scratch, 'new'), join(scratch, 'run')];
  mkdirSync(folder);
  const lower = mountLayers(run, launch);
  mount('root', folder, 'overlay', ['ro', `lowerdir=${lower.join(':')}`]);
  mkdirSync(join(run, 'kit'));
  writeFileSync(join(run, 'kit/cmdline'), `${launch.cmdline}\n`);
  mount(run, join(folder, 'run'), '', ['rbind']);
  makeDevices(join(folder, 'dev'), launch.cmdline, terminal, join(dir, machineFiles.data));
  const busybox = join(scratch, 'busybox');
  copyFileSync(launch.busybox, busybox);
  // Files of the cache may not be executed.
  chmodSync(busybox, 0o755);
  return { folder, scratch, busybox };
}

/** The machine's own layers, highest first. */
function mountLayers(run: string, { layers, layerFiles }: ContainerLaunch): string[] {
  const place = (name: string): string => join(run, 'layers', name);
  for (const { id, file } of layers) {
    mkdirSync(place(id), { recursive: true });
    mountImage(file, place(id), 'erofs');
  }
  const root = layers.filter(({ use }) => use === 'root').map(({ id }) => place(id));
  const bind = (from: string, to: string): void => {
    mkdirSync(to);
    mount(from, to, '', ['bind', 'ro']);
  };
  bind(root.at(-1) ?? '', place('top'));
  bind(layerFiles, join(run, 'layerfiles'));
  return root.toReversed();
}

/** The host's own devices are shown one by one; the terminal is every console that the command line names. */
function makeDevices(dev: string, cmdline: string, terminal: string, data: string): void {
  mount('dev', dev, 'tmpfs', ['nosuid', 'mode=755', 'size=1m']);
  const show = (from: string, name: string): void => {
    const to = join(dev, name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, '');
    mount(from, to, '', ['bind']);
  };
  for (const name of devices) if (existsSync(join('/dev', name))) show(join('/dev', name), name);
  for (const name of new Set(['console', ...consoleNames(cmdline)])) show(terminal, name);
  for (const name of ['pts', 'shm', 'mqueue']) mkdirSync(join(dev, name));
  symlinkSync('pts/ptmx', join(dev, 'ptmx'));
  if (existsSync(data)) {
    // Where udev would show the volume with the machine's metadata.
    mkdirSync(join(dev, 'disk/by-label'), { recursive: true });
    copyFileSync(data, join(dev, 'disk/by-label/CIDATA'));
  }
}

/** `ttyS0` of `console=ttyS0,115200`; names that could lead out of /dev are none. */
export const consoleNames = (cmdline: string): string[] =>
  [...cmdline.matchAll(/(?:^|\s)console=([A-Za-z0-9]+)(?=[,\s]|$)/g)].map(([, name = '']) => name);
