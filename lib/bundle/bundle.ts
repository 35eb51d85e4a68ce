/**
 * The bundle: all that crosses from host to guest. `kit build` writes it, init and the supervisor obey it.
 *
 *   containers/<section>/<name>/config.json    an OCI runtime spec, ready for crun
 *   containers/<section>/<name>/runtime.json   what to do around it (`RuntimeConfig`)
 *   containers/<section>/<name>/{rootfs,tmp}   empty: mount points
 *
 * For onboot and onshutdown the folder is `NNN-<name>`, which gives the order.
 */
export const sections = ['onboot', 'onshutdown', 'services'] as const;
export type Section = (typeof sections)[number];

/** Absolute paths in the guest. */
export const guestPaths = {
  /** Holds one folder a section, each with one folder a bundle. */
  containers: '/containers',
  /** Every layer is mounted read-only at `${layers}/<layer id>`. */
  layers: '/run/layers',
  /** The layer files as the initrd brought them, with `index` (see `LayerIndexEntry`). */
  layerFiles: '/run/layerfiles',
  /** Modules by alias, made on the host (lib/bundle/modules.ts). */
  moduleIndex: '/usr/lib/modules/kit-index.json',
  /** The manifest's `network:` (lib/bundle/network.ts). */
  network: '/etc/kit/network.json',
  /** The manifest's `control:` (lib/bundle/control.ts). */
  control: '/etc/kit/control.json',
  init: '/usr/lib/kit/init/main.mjs',
  supervisor: '/usr/lib/kit/supervisor/main.mjs',
  /** Copies files for the supervisor. */
  copy: '/usr/lib/kit/copy/main.mjs',
  /** One JSON file for each finished onboot/onshutdown container, written by init (`TaskReport`). */
  reports: '/run/kit/reports',
  /** The logs of containers, init, containerd and the kernel (lib/log). */
  logs: '/run/log',
  controlSocket: '/run/kit/control.sock',
  /**
   * The same for reading alone: status, logs, incidents. A container gets the folder that it lies in: a bind mount of the
   * socket itself would lead nowhere once the supervisor starts anew.
   */
  readSocket: '/run/kit/read/control.sock',
  /** One folder for each Node service (`inspectFolderOf`). */
  inspect: '/run/kit/inspect',
  /** There in images built with --production: nobody looks into their services. */
  production: '/etc/kit/production',
  containerdSocket: '/run/containerd/containerd.sock',
  /** There once the kernel has a driver for vsock(7). */
  vsock: '/dev/vsock',
} as const;

/** Where a Node service of the machine finds the folder for debuggers, if its image is not for production. */
export const inspectFolder = '/usr/lib/kit/inspect';

/** The same folder from outside, for one service: a tmpfs of a few pages, owned by the user it runs as. */
export const inspectFolderOf = (service: string): string => `${guestPaths.inspect}/${service}`;

/** The name of the virtio-serial port that carries the control protocol (/sys/class/virtio-ports/*\/name). */
export const controlPortName = 'kit.control.0';

/** The port on which the host finds the control protocol by vsock, where it gives the machine such a device. */
export const controlVsockPort = 4911;

/** The namespace in containerd for services that name none; LinuxKit's. */
export const defaultNamespace = 'services.linuxkit';

/**
 * A mount of runtime.json, LinuxKit's shape. A relative `destination` lies under the bundle's rootfs, an absolute
 * one in the guest's root; missing destinations, `upperdir` and `workdir` are created.
 */
export interface Mount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

export interface Interface {
  readonly name: string;
  readonly add?: string;
  readonly peer?: string;
  readonly createInRoot?: boolean;
}

export type NamespaceKind = 'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'user' | 'uts';

/** How the guest finds out that a service is ready; exactly one key. Without a probe, running is ready. */
export interface ReadyProbe {
  /** A TCP port on 127.0.0.1 of the guest's own network namespace. */
  readonly tcp?: number;
  /** A GET on such a port that is answered with a status from 200 to 399. */
  readonly http?: { readonly port: number; readonly path: string };
  /** A program in the container that ends with status 0. */
  readonly exec?: readonly string[];
  /** A regular expression found in a line that the service wrote since its last start. */
  readonly log?: string;
  /** A path in the guest's root. */
  readonly file?: string;
}

/** kit's own part of runtime.json: every default is already settled. Times are in milliseconds. */
export interface Supervision {
  readonly restart: 'always' | 'on-failure' | 'no';
  /** Names of services that must be ready first. */
  readonly after: readonly string[];
  readonly ready: ReadyProbe | null;
  /** `SIGTERM`, … */
  readonly stopSignal: string;
  readonly stopTimeoutMs: number;
  /** onboot and onshutdown only: what a non-zero exit does. `shell`: on the console, then it goes on. */
  readonly onFailure: 'continue' | 'halt' | 'reboot' | 'shell';
  /** onboot and onshutdown only: killed after this long; 0 waits for ever. */
  readonly timeoutMs: number;
  readonly ociRuntime: 'crun' | 'runc';
}

/** runtime.json. The first six keys are LinuxKit's, so that its init can read the file; `kit` is ours. */
export interface RuntimeConfig {
  readonly cgroups: readonly string[];
  readonly mounts: readonly Mount[];
  readonly mkdir: readonly string[];
  readonly interfaces: readonly Interface[];
  readonly bindNS: Readonly<Record<NamespaceKind, string>>;
  readonly namespace: string;
  readonly kit: Supervision;
}

/**
 * `containers/volumes/<name>/volume.json`: what makes `merged`, which containers bind, in order. A volume of LinuxKit's
 * flat layout has none: there `lower` is what it begins with, and without `tmp` nobody may write.
 */
export interface VolumeConfig {
  readonly mounts: readonly Mount[];
}

/** What became of an onboot or onshutdown container: `reports/<section>-<name>.json`. */
export interface TaskReport {
  readonly name: string;
  readonly section: Section;
  readonly state: 'running' | 'succeeded' | 'failed';
  /** What crun run ended with; 128 + signal when it was killed; null while it runs or when it never started. */
  readonly exitStatus: number | null;
  /** Why it failed, in one sentence; empty otherwise. */
  readonly reason: string;
  /** Milliseconds since boot. */
  readonly startedMs: number;
  readonly finishedMs: number | null;
}
