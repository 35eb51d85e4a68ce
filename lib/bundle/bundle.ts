import type { IdMappings } from '../linux/process/user-namespace.ts';

/**
 * The bundle: the files that `kit build` writes for each container, for init and the supervisor.
 *
 *   containers/<section>/<name>/config.json    an OCI runtime spec, ready for crun
 *   containers/<section>/<name>/runtime.json   mounts, interfaces and supervision (`RuntimeConfig`)
 *   containers/<section>/<name>/{rootfs,tmp}   empty: mount points
 *
 * For onboot and onshutdown the folder is `NNN-<name>`, which gives the order.
 */
export const sections = ['onboot', 'onshutdown', 'services'] as const;
export type Section = (typeof sections)[number];

/** Absolute paths in the guest. */
export const guestPaths = {
  /** One folder for each section, with one folder for each bundle. */
  containers: '/containers',
  /** Every layer is mounted read-only at `${layers}/<layer id>`. */
  layers: '/run/layers',
  /** The layer files of the initrd, and `index` (`LayerIndexEntry`). */
  layerFiles: '/run/layerfiles',
  /** Kernel modules by alias (lib/bundle/modules.ts). */
  moduleIndex: '/usr/lib/modules/kit-index.json',
  /** The manifest's `network:` (lib/bundle/network.ts). */
  network: '/etc/kit/network.json',
  /** The manifest's `control:` (lib/bundle/control.ts). */
  control: '/etc/kit/control.json',
  init: '/usr/lib/kit/init/main.mjs',
  supervisor: '/usr/lib/kit/supervisor/main.mjs',
  /** The program of services/copy, which the supervisor starts to copy files. */
  copy: '/usr/lib/kit/copy/main.mjs',
  /** The program of services/trim, which the supervisor starts once a week. */
  trim: '/usr/lib/kit/trim/main.mjs',
  /** One JSON file for each onboot or onshutdown container, written by init (`TaskReport`). */
  reports: '/run/kit/reports',
  /** The logs of containers, init, containerd and the kernel (lib/log). */
  logs: '/run/log',
  controlSocket: '/run/kit/control.sock',
  /**
   * Read-only access: status, logs, incidents. Containers bind-mount its folder: a bind mount of the socket
   * itself would be dead after a restart of the supervisor.
   */
  readSocket: '/run/kit/read/control.sock',
  /** Role operate, for root alone; to be bound as above. */
  operateSocket: '/run/kit/operate/control.sock',
  /** One folder for each Node service (`inspectFolderOf`). */
  inspect: '/run/kit/inspect',
  /** One folder for each bundle: the bind mounts of its config.json (`Supervision.binds`). */
  binds: '/run/kit/binds',
  /** Exists in images built with --production, which give no access to the inside of their services. */
  production: '/etc/kit/production',
  /** The manifest's `watchdog:` (lib/bundle/watchdog.ts). */
  watchdog: '/etc/kit/watchdog.json',
  /** What the image consists of (lib/updates/inventory.ts). */
  inventory: '/etc/kit/image.json',
  /** The manifest's `updates:` (lib/updates/config.ts). */
  updates: '/etc/kit/updates.json',
  /** Exists in images whose manifest has `network: {metadata: true}` (lib/bundle/metadata-network.ts). */
  metadataNetwork: '/etc/kit/metadata-network',
  /** Exists in images whose manifest has `modules: locked`. */
  lockedModules: '/etc/kit/modules-locked',
  containerdSocket: '/run/containerd/containerd.sock',
  /** Exists once the kernel has a driver for vsock(7). */
  vsock: '/dev/vsock',
} as const;

/** The folder for debuggers inside a Node service, unless its image is for production. */
export const inspectFolder = '/usr/lib/kit/inspect';

/** The same folder in the guest: a tmpfs of a few pages for each service, owned by its user. */
export const inspectFolderOf = (service: string): string => `${guestPaths.inspect}/${service}`;

/** The name of the virtio-serial port that carries the control protocol (/sys/class/virtio-ports/*\/name). */
export const controlPortName = 'kit.control.0';

/** The name of the virtio-serial port of QEMU's guest agent, which hypervisors give their machines. */
export const agentPortName = 'org.qemu.guest_agent.0';

/** The vsock port of the control protocol, for machines with a vsock device. */
export const controlVsockPort = 4911;

/** The containerd namespace of services that name none; LinuxKit's. */
export const defaultNamespace = 'services.linuxkit';

/**
 * A mount of runtime.json, in LinuxKit's format. A relative `destination` is below the bundle's rootfs, an
 * absolute one in the guest's root. A missing destination, `upperdir` or `workdir` is created.
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

/**
 * How the guest checks that a service is ready; exactly one of the first five keys. Without a probe,
 * running is ready.
 */
export interface ReadyProbe {
  /** A TCP port on 127.0.0.1 of the guest's own network namespace. */
  readonly tcp?: number;
  /** A GET on such a port, answered with a status from 200 to 399. */
  readonly http?: { readonly port: number; readonly path: string };
  /** A program in the container that exits with status 0. */
  readonly exec?: readonly string[];
  /** A regular expression that matches a line written since the service's last start. */
  readonly log?: string;
  /** A path in the guest's root that exists. */
  readonly file?: string;
  /**
   * Milliseconds between two checks once it is ready. Absent, as the others: the default (probe/health.ts).
   */
  readonly intervalMs?: number;
  /** Time limit of one check. */
  readonly timeoutMs?: number;
  /** Failures in a row that make it unhealthy. */
  readonly retries?: number;
}

/**
 * The restarts of a service that stays unhealthy. Times are in milliseconds.
 */
export interface Liveness {
  /** How long it may stay unhealthy. */
  readonly unhealthyMs: number;
  /** How long a run may take to become ready; absent: any time. */
  readonly startMs?: number;
  /** The budget: at most this many such restarts within `windowMs`. */
  readonly restarts: number;
  readonly windowMs: number;
}

/** kit's own part of runtime.json, with all defaults filled in. Times are in milliseconds. */
export interface Supervision {
  readonly restart: 'always' | 'on-failure' | 'no';
  /** Names of services that must be ready first. */
  readonly after: readonly string[];
  readonly ready: ReadyProbe | null;
  /** services with a probe that is repeated only. Absent: an unhealthy service is not restarted. */
  readonly liveness?: Liveness;
  /** `SIGTERM`, … */
  readonly stopSignal: string;
  readonly stopTimeoutMs: number;
  /** onboot and onshutdown only: the action after a failure. `shell`: a shell, then the next container. */
  readonly onFailure: 'continue' | 'halt' | 'reboot' | 'shell';
  /** onboot only: the same by exit status, in place of `onFailure`. */
  readonly onStatus?: Readonly<Record<number, Supervision['onFailure']>>;
  /** onboot and onshutdown only: killed after this time; 0 for no limit. */
  readonly timeoutMs: number;
  readonly ociRuntime: 'crun' | 'runc';
  /** The machine limits its memory (memory-limit.ts), since the manifest does not. */
  readonly limitMemory?: true;
  /**
   * The ids of its user namespace. Files of its layers and binds are shown with them: a file of uid 0 belongs
   * to the container's root. Absent: it shares that of the machine.
   */
  readonly ids?: IdMappings;
  /** Mounts below `guestPaths.binds`, which its config.json binds. */
  readonly binds?: readonly Mount[];
  /** services only: devices whose numbers the machine knows (machine-devices.ts of the supervisor). */
  readonly devices?: readonly MachineDevice[];
}

/** The devices of the machine that have this path when the container is made; none is no error. */
export interface MachineDevice {
  /** `/dev/ptp*`: of its name, any part may be a `*`. */
  readonly path: string;
  readonly type: 'b' | 'c';
  /** Of the node; a mode without a bit for writing gives no permission to write. */
  readonly mode: number;
}

/**
 * runtime.json. The first six keys are LinuxKit's, so that its init can read the file; `kit` is kit's own.
 */
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
 * `containers/volumes/<name>/volume.json`: the mounts, in order, that make the folder `merged`, which
 * containers bind. A volume of LinuxKit's flat layout has no such file: `lower` is its initial content, and
 * without `tmp` it is read-only.
 */
export interface VolumeConfig {
  readonly mounts: readonly Mount[];
}

/** The state of an onboot or onshutdown container: `reports/<section>-<name>.json`. */
export interface TaskReport {
  readonly name: string;
  readonly section: Section;
  /** shell: it failed, and a shell on the console waits before the next container runs. */
  readonly state: 'running' | 'succeeded' | 'failed' | 'shell';
  /** Of `crun run`; 128 + signal if killed; null while it runs and if it was not started. */
  readonly exitStatus: number | null;
  /** The reason of a failure; empty otherwise. */
  readonly reason: string;
  /** Milliseconds since boot. */
  readonly startedMs: number;
  readonly finishedMs: number | null;
}
