import type { Bundle } from '../../lib/bundle/read.ts';
import { fakeOwners } from '../../lib/bundle/testing.ts';
import type { MountInfo } from '../../lib/linux/mount/mountinfo.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import type { StepContext } from '../steps.ts';
import type { GuestSystem } from '../system/system.ts';
import { type FakeProgram, fakeLog, fakeProgram } from './fake-program.ts';

/** A context whose system only records calls. */
export interface FakeContext extends StepContext {
  /** The calls made to the system, one a line. */
  readonly calls: string[];
  /** The lines that the console showed. */
  readonly shown: string[];
  /** Texts of files by path; a path with others below it is a folder. */
  readonly disk: Map<string, string>;
  readonly mounted: MountInfo[];
  readonly links: Link[];
  readonly bundles: Bundle[];
  /** The behaviour of a program, by its command line; undefined: it exits with status 0. */
  program: (command: string) => FakeProgram | undefined;
  /** The lines of each log, after `stdout: ` or `stderr: `. */
  readonly logs: Map<string, string[]>;
  /** Milliseconds since boot; each read of the clock adds one. */
  now: number;
  /** Tells the system that devices have been found. */
  devicesFound: () => void;
  /** Calls that fail, by the line they leave in `calls`. */
  readonly failing: Map<string, Error>;
}

/** `files`: the contents of the disk. */
export function fakeContext(files: Readonly<Record<string, string>> = {}): FakeContext {
  const calls: string[] = [];
  const shown: string[] = [];
  const mounted: MountInfo[] = [];
  const disk = new Map(Object.entries(files));
  const links: Link[] = [];
  const bundles: Bundle[] = [];
  const logs = new Map<string, string[]>();
  const failing = new Map<string, Error>();
  let name = '(none)';
  const record = (...words: readonly unknown[]): void => {
    const line = words.filter((word) => word !== '').join(' ');
    calls.push(line);
    const error = failing.get(line);
    if (error) throw error;
  };
  const unmounted = (target: string): void => {
    const at = mounted.findLastIndex((mount) => mount.target === target);
    if (at !== -1) mounted.splice(at, 1);
  };
  const system: GuestSystem = {
    mount(source, target, type, options) {
      record('mount', source, target, type, options.join(','));
      mounted.push({ id: 0, parent: 0, target, options, type, source, settings: [] });
    },
    ownsMachine: () => true,
    unmount(target) {
      record('unmount', target);
      unmounted(target);
    },
    unmountNow: (target) => record('unmount now', target),
    remountReadOnly: (target) => record('read-only', target),
    swapOff: (path) => record('swapoff', path),
    ...fakeOwners(record),
    isMounted: (path) => mounted.some(({ target }) => target === path),
    listMounts: () => [...mounted],
    mountImage: (file, target, type) => record('image', file, target, type),
    makeFolder: (path) => record('folder', path),
    makeFile: (path) => record('file', path),
    isFile: () => false,
    makeCgroup: (path) => record('cgroup', path),
    canMakeCgroups: () => true,
    enableControllers: (path) => record('controllers', path),
    createLink: (link) => record('create', JSON.stringify(link)),
    moveLink: (name, pid) => record('move', name, pid),
    loadModule(path, parameters = '') {
      record('module', path, parameters);
      return true;
    },
    watchDevices(found) {
      fake.devicesFound = found;
    },
    setLimit: (resource, limit) => record('limit', resource, limit),
    readHardwareClock: () => undefined,
    wallClockMs: () => 0,
    setWallClock: (timeMs) => record('clock', timeMs),
    hostname: () => name,
    setHostname(given) {
      record('hostname', given);
      name = given;
    },
    watchFolder: (path) => record('watch', path),
    listLinks: () => [...links],
    changeLink: (index, change) => record('link', index, JSON.stringify(change)),
    setFirewall: (open) => record('firewall', JSON.stringify(open)),
    makeLink(link, exists) {
      record(exists ? 'change' : 'make', JSON.stringify(link));
      if (!exists) links.push(fakeLink({ index: links.length + 1, name: link.name, kind: link.kind }));
    },
    setWireguard: ({ name, privateKey, listenPort, peers }) =>
      record(
        'wireguard',
        name,
        privateKey?.length ?? 'no key',
        listenPort ?? 'any port',
        JSON.stringify(peers.map(({ endpoint }) => endpoint ?? null)),
      ),
    setAddress: ({ index, address, prefix }) => record('address', index, `${address}/${prefix}`),
    setRoute: ({ index, destination, prefix, gateway = '', metric, table }) =>
      record('route', index, `${destination}/${prefix}`, gateway, metric, table ? `table ${table}` : ''),
    setRule: ({ family, priority, table }) => record('rule', family, priority, table),
    uptimeMs() {
      fake.now += 1;
      return fake.now;
    },
    otherProcesses: () => [],
    signalAll: (signal) => record('signal', signal),
    openWatchdog(path, timeoutS) {
      record('watchdog', path, timeoutS);
      return { identity: 'fake', hasReset: false, timeoutS, feed() {}, stop() {} };
    },
    sync: () => record('sync'),
    reboot: (command) => record('reboot', command),
    readBundles: (section) => bundles.filter((bundle) => bundle.section === section),
    startProgram(command) {
      const line = command.join(' ');
      record('run', line);
      return fakeProgram(fake.program(line) ?? {}, (signal) => record('kill', signal, line));
    },
    openLog(source) {
      const lines = logs.get(source) ?? [];
      logs.set(source, lines);
      return fakeLog(lines);
    },
    files: {
      read: (path) => disk.get(path),
      readOfService: (path) => disk.get(path),
      markOfService: (folder, name) => record('mark', folder, name),
      write: (path, text) => void disk.set(path, text),
      replace: (path, text) => void disk.set(path, text),
      list: (path) => [...new Set([...disk.keys()].flatMap((name) => childOf(path, name)))].sort(),
      has: (path) => [...disk.keys()].some((name) => name === path || name.startsWith(`${path}/`)),
      makeFolder: (path) => record('folder', path),
      link: (path, target) => record('link', path, target),
    },
  };
  const show = (text: string): void => void shown.push(text);
  const fake: FakeContext = {
    system,
    console: { log: show, print: show },
    ending: new AbortController().signal,
    ...{ calls, shown, disk, mounted, links, bundles, logs, failing },
    program: () => undefined,
    devicesFound: () => {},
    now: 0,
  };
  return fake;
}

function childOf(folder: string, name: string): string[] {
  if (!name.startsWith(`${folder}/`)) return [];
  return [name.slice(folder.length + 1).split('/')[0] ?? ''];
}

export function fakeLink(change: Partial<Link>): Link {
  const link = { index: 2, name: 'eth0', mac: '52:54:00:12:34:56', type: 1, up: false, loopback: false };
  return { ...link, carrier: true, carrierChanges: 1, mtu: 1500, kind: '', master: 0, alias: '', ...change };
}
