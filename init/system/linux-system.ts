import { readlinkSync, watch } from 'node:fs';
import { hostname } from 'node:os';
import { bundleKernel } from '../../lib/bundle/bundle-kernel.ts';
import { readBundles } from '../../lib/bundle/read.ts';
import { mountImage } from '../../lib/linux/mount/loop.ts';
import { remountReadOnly, unmount } from '../../lib/linux/mount/mount.ts';
import { listMounts } from '../../lib/linux/mount/mountinfo.ts';
import { watchDevices } from '../../lib/linux/netlink/device-watch.ts';
import { setFirewall } from '../../lib/linux/netlink/firewall.ts';
import { makeLink } from '../../lib/linux/netlink/link-kinds.ts';
import { changeLink, listLinks, setAddress, setRoute, setRule } from '../../lib/linux/netlink/rtnetlink.ts';
import { RTPROT_STATIC } from '../../lib/linux/netlink/rtnetlink-route.ts';
import { setWireguard } from '../../lib/linux/netlink/wireguard.ts';
import { canMakeCgroups, enableControllers } from '../../lib/linux/process/cgroup.ts';
import { signalProcess } from '../../lib/linux/process/process.ts';
import { readHardwareClock } from '../../lib/linux/system/hardware-clock.ts';
import { setHostname, setLimit, setWallClock, uptimeMs } from '../../lib/linux/system/host.ts';
import { loadModuleFile } from '../../lib/linux/system/modules.ts';
import { rebootSystem, sync } from '../../lib/linux/system/power.ts';
import { swapOff } from '../../lib/linux/system/swap.ts';
import { openWatchdog } from '../../lib/linux/system/watchdog.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { guestFiles } from './files.ts';
import { machineLogs } from './logs.ts';
import { startProgram } from './program.ts';
import type { GuestSystem } from './system.ts';

/** The Linux system that init runs on. */
export const linuxSystem: GuestSystem = {
  ...bundleKernel,
  ownsMachine: () => readlinkSync('/proc/self/ns/pid') === initialPidNamespace,
  listMounts,
  mountImage,
  unmountNow: (target) => unmount(target),
  remountReadOnly,
  swapOff,
  loadModule: (path, parameters) => loadModuleFile(path, parameters),
  watchDevices: (found) => void watchDevices(found),
  canMakeCgroups: () => canMakeCgroups(),
  enableControllers,
  setLimit,
  readHardwareClock,
  wallClockMs: () => Date.now(),
  setWallClock,
  hostname,
  setHostname,
  watchFolder,
  listLinks,
  changeLink,
  setFirewall,
  makeLink,
  setWireguard,
  setAddress,
  setRoute: (route) => setRoute({ ...route, protocol: RTPROT_STATIC }),
  setRule,
  uptimeMs: () => Math.round(uptimeMs()),
  otherProcesses: () =>
    guestFiles
      .list('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => guestFiles.read(`/proc/${pid}/cmdline`))
      .map(Number),
  signalAll(signal) {
    // Outside PID 1 kill(-1) would signal every process of the user who runs this program.
    if (process.pid === 1) signalProcess(-1, signal);
  },
  openWatchdog,
  sync,
  reboot: rebootSystem,
  readBundles: (section) => readBundles(section),
  startProgram,
  openLog: (source) => new LogWriter(machineLogs, source),
  files: guestFiles,
};

/** PROC_PID_INIT_INO of include/linux/proc_ns.h */
const initialPidNamespace = 'pid:[4026531836]';

function watchFolder(path: string, changed: () => void): void {
  try {
    watch(path, { persistent: false }, changed).on('error', () => {});
  } catch {
    // No inotify, or no instance of it left.
  }
}
