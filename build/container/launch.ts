import type { ToolCommand } from '../tools/command.ts';

/** How a container is started; in launch.json. */
export interface ContainerLaunch {
  readonly hostname: string;
  readonly cmdline: string;
  /** A statically linked busybox, used before there is a root file system. */
  readonly busybox: string;
  /** Layers of the root file system, lowest first, top layer last; those of services are among them. */
  readonly layers: readonly ContainerLayer[];
  /** The layer index as the guest reads it (lib/bundle/layers.ts). */
  readonly index: string;
  /** unshare(1) without arguments. */
  readonly unshare: ToolCommand;
  /** pasta(1) with all arguments but the namespaces it serves; null: no network. */
  readonly network: ToolCommand | null;
  /** Limits of the container's cgroup; null: unlimited. */
  readonly memoryMiB: number | null;
  readonly cpus: number | null;
}

export interface ContainerLayer {
  readonly id: string;
  readonly file: string;
  readonly use: 'root' | 'bundle';
}
