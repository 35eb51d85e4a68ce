import type { StdioOptions } from 'node:child_process';
import type { Section } from '../../lib/bundle/bundle.ts';
import type { OpenPorts } from '../../lib/bundle/network.ts';
import type { BundleKernel } from '../../lib/bundle/prepare.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import type { MountInfo } from '../../lib/linux/mount/mountinfo.ts';
import type { MadeLink } from '../../lib/linux/netlink/link-kinds.ts';
import type { NewAddress } from '../../lib/linux/netlink/rtnetlink-address.ts';
import type { Link, LinkChange } from '../../lib/linux/netlink/rtnetlink-link.ts';
import type { NewRoute } from '../../lib/linux/netlink/rtnetlink-route.ts';
import type { Rule } from '../../lib/linux/netlink/rtnetlink-rule.ts';
import type { WireguardDevice } from '../../lib/linux/netlink/wireguard.ts';
import type { WatchdogDevice } from '../../lib/linux/system/watchdog.ts';
import type { LogWriter } from '../../lib/log/writer.ts';
import type { GuestFiles } from './files.ts';
import type { Program } from './program.ts';

/**
 * The guest as init uses it: system calls, files, programs, logs. linux-system.ts is the real one; tests pass
 * one that records calls (init/testing/fake-context.ts).
 */
export interface GuestSystem extends BundleKernel {
  /** False in a container: clock, drivers and disks belong to the machine around it. */
  ownsMachine(): boolean;
  listMounts(): MountInfo[];
  /** Read-only, through a loop device. */
  mountImage(file: string, target: string, type: string): void;
  /** Not lazily: fails with EBUSY while the file system is in use. */
  unmountNow(target: string): void;
  remountReadOnly(target: string): void;
  swapOff(path: string): void;
  /** False: it was loaded already. `parameters`: `max_bonds=0`. */
  loadModule(path: string, parameters?: string): boolean;
  /** Calls back when the kernel has found devices that may need a driver. */
  watchDevices(found: () => void): void;
  /** False in a container whose host has given it no cgroups. */
  canMakeCgroups(): boolean;
  enableControllers(cgroupFolder: string): void;
  setLimit(resource: 'CORE' | 'NPROC' | 'NOFILE', limit: number | 'unlimited'): void;
  /** Milliseconds since the epoch; undefined without a battery-backed clock. */
  readHardwareClock(): number | undefined;
  /** Milliseconds since the epoch. */
  wallClockMs(): number;
  setWallClock(timeMs: number): void;
  hostname(): string;
  setHostname(name: string): void;
  /** Calls back when something in the folder has changed. The kernel may have no inotify: then never. */
  watchFolder(path: string, changed: () => void): void;
  listLinks(): Link[];
  changeLink(index: number, change: LinkChange): void;
  /** Drops all that comes from outside to other ports. @throws SyscallError of a kernel without nf_tables */
  setFirewall(open: readonly OpenPorts[]): void;
  /** `exists`: gives the settings to the interface of that name and kind that is there. */
  makeLink(link: MadeLink, exists: boolean): void;
  setWireguard(device: WireguardDevice): void;
  setAddress(address: NewAddress): void;
  setRoute(route: Omit<NewRoute, 'protocol'>): void;
  setRule(rule: Rule): void;
  /** Whole milliseconds since the kernel started. */
  uptimeMs(): number;
  /** Pids of all other processes with a program: without kernel threads and zombies. */
  otherProcesses(): number[];
  /** To all other processes. */
  signalAll(signal: NodeJS.Signals): void;
  /** Starts a watchdog. @throws SyscallError; the error of open(2) */
  openWatchdog(path: string, timeoutS: number): WatchdogDevice;
  sync(): void;
  reboot(command: 'poweroff' | 'reboot' | 'halt' | 'kexec' | 'ctrlAltDelToInit'): void;
  /** The bundles of a section, in their order. @throws KitError when one cannot be read. */
  readBundles(section: Section): Bundle[];
  /** Starts a program; a failure to start is reported by its `ended`. */
  startProgram(command: readonly string[], stdio: StdioOptions): Program;
  /** The log of a container or program; opened when the first line is written. */
  openLog(source: string): OutputLog;
  readonly files: GuestFiles;
}

/** The log for the output of a program. */
export type OutputLog = Pick<LogWriter, 'sink' | 'close'>;
