import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { bundleKernel } from '../lib/bundle/bundle-kernel.ts';
import type { BundleKernel } from '../lib/bundle/prepare.ts';
import { mountImage } from '../lib/linux/mount/loop.ts';
import { remountReadOnly, unmount } from '../lib/linux/mount/mount.ts';
import { listMounts, type MountInfo } from '../lib/linux/mount/mountinfo.ts';
import { createVlan } from '../lib/linux/netlink/link-create.ts';
import { changeLink, listLinks, setAddress, setRoute } from '../lib/linux/netlink/rtnetlink.ts';
import type { NewAddress } from '../lib/linux/netlink/rtnetlink-address.ts';
import type { Link, LinkChange } from '../lib/linux/netlink/rtnetlink-link.ts';
import { type Route, RTPROT_STATIC } from '../lib/linux/netlink/rtnetlink-route.ts';
import { enableControllers } from '../lib/linux/process/cgroup.ts';
import { signalProcess } from '../lib/linux/process/process.ts';
import {
  readHardwareClock,
  setHostname,
  setLimit,
  setWallClock,
  uptimeMs,
} from '../lib/linux/system/host.ts';
import { loadModuleFile } from '../lib/linux/system/modules.ts';
import { rebootSystem, sync } from '../lib/linux/system/power.ts';

/** Everything that init's steps do to the machine; tests pass one that records. */
export interface Kernel extends BundleKernel {
  /** False in a container: clock, drivers and disks belong to the machine around it. */
  ownsMachine(): boolean;
  listMounts(): MountInfo[];
  /** Read-only, through a loop device. */
  mountImage(file: string, target: string, type: string): void;
  /** Now or never: EBUSY while in use. */
  unmountNow(target: string): void;
  remountReadOnly(target: string): void;
  /** False: it was loaded already. */
  loadModule(path: string): boolean;
  enableControllers(folder: string): void;
  setLimit(resource: 'CORE' | 'NPROC' | 'NOFILE', limit: number | 'unlimited'): void;
  readHardwareClock(): number | undefined;
  setWallClock(timeMs: number): void;
  hostname(): string;
  setHostname(name: string): void;
  /** Of the first Ethernet interface in the order of names; undefined if there is none. */
  macAddress(): string | undefined;
  listLinks(): Link[];
  changeLink(index: number, change: LinkChange): void;
  createVlan(vlan: { name: string; id: number; link: number }): void;
  /** Permanent. */
  setAddress(address: NewAddress): void;
  setRoute(route: Omit<Route, 'protocol'>): void;
  /** Whole milliseconds since the kernel started. */
  uptimeMs(): number;
  /** Pids of all other processes with a program, kernel threads and zombies left out. */
  others(): number[];
  /** To all other processes. */
  signalAll(signal: NodeJS.Signals): void;
  sync(): void;
  reboot(command: 'poweroff' | 'reboot' | 'halt' | 'ctrlAltDelToInit'): void;
  readonly files: Files;
}

export interface Files {
  /** Undefined if it cannot be read. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Whoever reads it sees the old text or the new one whole. */
  replace(path: string, text: string): void;
  /** Names in a folder; none if there is no such folder. */
  list(path: string): string[];
  has(path: string): boolean;
  /** With missing parents; `mode` regardless of the umask. */
  makeFolder(path: string, mode: number): void;
  /** Something else of that name stays. */
  link(path: string, target: string): void;
}

/** ARPHRD_ETHER of include/uapi/linux/if_arp.h, as sysfs shows it. */
const ethernet = '1';

export const realFiles: Files = {
  read(path) {
    // Most devices have no modalias, and a thrown error costs far more than a look.
    if (!existsSync(path)) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  write: (path, text) => writeFileSync(path, text),
  replace(path, text) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  list(path) {
    try {
      return readdirSync(path).sort();
    } catch {
      return [];
    }
  },
  has: existsSync,
  makeFolder(path, mode) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, mode);
  },
  link(path, target) {
    if (!existsSync(path)) symlinkSync(target, path);
  },
};

/** PROC_PID_INIT_INO of include/linux/proc_ns.h */
const firstPidNamespace = 'pid:[4026531836]';

export const realKernel: Kernel = {
  ...bundleKernel,
  ownsMachine: () => readlinkSync('/proc/self/ns/pid') === firstPidNamespace,
  listMounts,
  mountImage,
  unmountNow: (target) => unmount(target),
  remountReadOnly,
  loadModule: (path) => loadModuleFile(path),
  enableControllers,
  setLimit,
  readHardwareClock,
  setWallClock,
  hostname,
  setHostname,
  macAddress,
  listLinks,
  changeLink,
  createVlan,
  setAddress,
  setRoute: (route) => setRoute({ ...route, protocol: RTPROT_STATIC }),
  uptimeMs: () => Math.round(uptimeMs()),
  others: () =>
    realFiles
      .list('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => realFiles.read(`/proc/${pid}/cmdline`))
      .map(Number),
  signalAll(signal) {
    // kill(-1) anywhere but in PID 1 would end the session of whoever tries this program out.
    if (process.pid === 1) signalProcess(-1, signal);
  },
  sync,
  reboot: rebootSystem,
  files: realFiles,
};

function macAddress(): string | undefined {
  return realFiles
    .list('/sys/class/net')
    .filter((name) => realFiles.read(`/sys/class/net/${name}/type`)?.trim() === ethernet)
    .map((name) => realFiles.read(`/sys/class/net/${name}/address`)?.trim())
    .find((address) => address && address !== '00:00:00:00:00:00');
}
