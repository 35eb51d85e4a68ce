import type { MountInfo } from '../../lib/linux/mount/mountinfo.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import type { Kernel } from '../kernel.ts';
import type { Machine } from '../steps.ts';

export interface Fake extends Machine {
  /** What was done to the machine, one call a line. */
  readonly did: string[];
  /** What was shown, one line each. */
  readonly shown: string[];
  /** Path to text; a folder is what has something below it. */
  readonly disk: Map<string, string>;
  readonly mounted: MountInfo[];
  readonly links: Link[];
  /** Milliseconds since boot; each look at the clock takes one. */
  now: number;
  /** Calls that fail, by the line they would have left in `did`. */
  readonly failing: Map<string, Error>;
}

/** A machine that records. `files` is what its disk holds. */
export function fakeMachine(files: Readonly<Record<string, string>> = {}): Fake {
  const did: string[] = [];
  const shown: string[] = [];
  const mounted: MountInfo[] = [];
  const disk = new Map(Object.entries(files));
  const links: Link[] = [];
  const failing = new Map<string, Error>();
  const act = (...words: readonly unknown[]): void => {
    const line = words.filter((word) => word !== '').join(' ');
    did.push(line);
    const error = failing.get(line);
    if (error) throw error;
  };
  const kernel: Kernel = {
    mount(source, target, type, options) {
      act('mount', source, target, type, options.join(','));
      mounted.push({ id: 0, parent: 0, target, options, type, source });
    },
    ownsMachine: () => true,
    unmount: (target) => act('unmount', target),
    unmountNow: (target) => act('unmount now', target),
    remountReadOnly: (target) => act('read-only', target),
    isMounted: (path) => mounted.some(({ target }) => target === path),
    listMounts: () => [...mounted],
    mountImage: (file, target, type) => act('image', file, target, type),
    makeFolder: (path) => act('folder', path),
    makeFile: (path) => act('file', path),
    isFile: () => false,
    makeCgroup: (path) => act('cgroup', path),
    enableControllers: (path) => act('controllers', path),
    createLink: (link) => act('create', JSON.stringify(link)),
    moveLink: (name, pid) => act('move', name, pid),
    loadModule(path) {
      act('module', path);
      return true;
    },
    setLimit: (resource, limit) => act('limit', resource, limit),
    readHardwareClock: () => undefined,
    setWallClock: (timeMs) => act('clock', timeMs),
    hostname: () => '(none)',
    setHostname: (name) => act('hostname', name),
    macAddress: () => '52:54:00:12:34:56',
    listLinks: () => [...links],
    changeLink: (index, change) => act('link', index, JSON.stringify(change)),
    createVlan(vlan) {
      act('vlan', JSON.stringify(vlan));
      links.push(fakeLink({ index: links.length + 1, name: vlan.name, kind: 'vlan' }));
    },
    setAddress: ({ index, address, prefix }) => act('address', index, `${address}/${prefix}`),
    setRoute: ({ index, destination, prefix, gateway = '', metric }) =>
      act('route', index, `${destination}/${prefix}`, gateway, metric),
    uptimeMs() {
      fake.now += 1;
      return fake.now;
    },
    others: () => [],
    signalAll: (signal) => act('signal', signal),
    sync: () => act('sync'),
    reboot: (command) => act('reboot', command),
    files: {
      read: (path) => disk.get(path),
      write: (path, text) => void disk.set(path, text),
      replace: (path, text) => void disk.set(path, text),
      list: (path) => [...new Set([...disk.keys()].flatMap((name) => childOf(path, name)))].sort(),
      has: (path) => [...disk.keys()].some((name) => name === path || name.startsWith(`${path}/`)),
      makeFolder: (path) => act('folder', path),
      link: (path, target) => act('link', path, target),
    },
  };
  const ending = new AbortController().signal;
  const say = (text: string): void => void shown.push(text);
  const fake: Fake = {
    kernel,
    console: { say, print: say },
    ending,
    did,
    shown,
    disk,
    mounted,
    links,
    failing,
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
  return { ...link, carrier: true, mtu: 1500, kind: '', master: 0, alias: '', ...change };
}
