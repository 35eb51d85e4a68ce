import type { SwitchPort } from '../backend/request/switch-port.ts';
import type { ToolCommand } from '../tools/command.ts';
import type { HostFolder } from './folders/host-folder.ts';
import type { MappedIds } from './ids/id-range.ts';
import type { UserNetwork } from './network/user-network.ts';

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
  /** In place of disks, in their order, and shares. */
  readonly folders: readonly HostFolder[];
  /** Null: started by root, who maps the container's ids to ids of the host that own nothing. */
  readonly ids: MappedIds | null;
  /** unshare(1) without arguments. */
  readonly unshare: ToolCommand;
  /** setpriv(1) with the arguments that have another program killed when its parent ends. */
  readonly dieWithParent: ToolCommand;
  /** fsck.erofs(1) without arguments, for layers of kind `unpack`. */
  readonly unpack: ToolCommand;
  /** Null: no network. */
  readonly network: UserNetwork | null;
  /** Further interfaces, `eth1` and so on; absent: none. */
  readonly ports?: readonly SwitchPort[];
  /** A command that runs the launcher in a cgroup of its own; empty: it stays in that of the monitor. */
  readonly scope: readonly string[];
  /** Limits of the container's cgroup; null: unlimited. */
  readonly memoryMiB: number | null;
  readonly cpus: number | null;
}

export interface ContainerLayer {
  readonly id: string;
  readonly use: 'root' | 'bundle';
  /**
   * `image`: an EROFS file, mounted through a loop device, which takes root. `folder`: its files, unpacked in
   * the cache, without their owners. `unpack`: an EROFS file, unpacked into memory with the owners of its
   * files.
   */
  readonly kind: 'image' | 'folder' | 'unpack';
  readonly path: string;
}
