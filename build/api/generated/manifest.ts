// Written by "npm run generate" from the field table in build/manifest/fields.

/** A manifest. docs/manifest.md is its reference. */
export interface Manifest {
  /** The kernel and its command line. */
  readonly kernel?: Kernel | undefined;
  /** Images that are unpacked over each other to form the root file system of the machine. */
  readonly init?: ReadonlyArray<string> | undefined;
  /** Containers that run one after another, before the services start. */
  readonly onboot?: ReadonlyArray<{
    /** Name of the container. */
    readonly name: string;
    /** The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest. */
    readonly image: string;
    /** Grants what the label of a foreign image asks for beyond kit's defaults: capabilities, binds, devices, namespaces of the machine… Packages are trusted. Default: `false`: the build stops and names what it asks for. */
    readonly trustLabel?: boolean | undefined;
    /** `false` for what is there for development, such as a login on the console: images of `kit build --production` are made without the entry, and the build says so. Default: `true`. */
    readonly production?: boolean | undefined;
    /** Capabilities of the container: upper-case names, or the single item `all` or `none`. Default: none. */
    readonly capabilities?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Capabilities in addition to those of the label. */
    readonly "capabilities.add"?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Ambient capabilities, which programs that do not run as root keep. Default: none. */
    readonly ambient?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Mounts in the form of config.json. Replaces a default mount, or one of `tmpfs` or `binds`, with the same destination. */
    readonly mounts?: ReadonlyArray<{
      /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
      readonly destination?: string | undefined;
      /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
      readonly type?: string | undefined;
      /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
      readonly source?: string | undefined;
      /** Mount options, as in fstab(5). */
      readonly options?: ReadonlyArray<string> | undefined;
    }> | undefined;
    /** Bind mounts, `source:destination[:options]`. A source that does not start with `/` is the name of a volume. The default options are `rw,rbind,rshared`. With `ro`, what is mounted below the source is read-only, too; with `ro,rrw` it is not. */
    readonly binds?: ReadonlyArray<string> | undefined;
    /** Bind mounts in addition to those of the label. */
    readonly "binds.add"?: ReadonlyArray<string> | undefined;
    /** tmpfs mounts, `destination[:options]`. */
    readonly tmpfs?: ReadonlyArray<string> | undefined;
    /** Device nodes, and permission to use them. A service may leave out `major` and `minor`: it gets the device of the machine that has this path when the service first starts, or none if there is none, with permission to read, and to write if the mode has that. */
    readonly devices?: ReadonlyArray<{
      /** Path in the container; `all` adds a cgroup rule without a device node. Without `major` and `minor`: path in the machine, too, whose name may have `*` in it. */
      readonly path: string;
      /** `a`: all, `b`: block, `c` and `u`: character, `p`: fifo. */
      readonly type: "a" | "b" | "c" | "u" | "p";
      /** Major number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly major?: number | undefined;
      /** Minor number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly minor?: number | undefined;
      /** Mode bits in octal. */
      readonly mode?: string | undefined;
    }> | undefined;
    /** The program and its arguments, in place of the entry point and command of the image. Default: entry point and command of the image. */
    readonly command?: ReadonlyArray<string> | undefined;
    /** Environment variables, `NAME=value`. Default: that of the image. */
    readonly env?: ReadonlyArray<string> | undefined;
    /** Working directory, absolute. It is made if the image lacks it. Default: that of the image, or `/`. */
    readonly cwd?: string | undefined;
    /** Network namespace: `host` or `root` for that of the machine, `new` or `none` for a new one, or the path of an existing one. Default: `root`. */
    readonly net?: "host" | "root" | "new" | "none" | (string & {}) | undefined;
    /** IPC namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly ipc?: "host" | "root" | "new" | (string & {}) | undefined;
    /** UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly uts?: "host" | "root" | "new" | (string & {}) | undefined;
    /** PID namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`. */
    readonly pid?: "host" | "root" | "new" | (string & {}) | undefined;
    /** User namespace: `new`, whose root is nobody on the machine; `host` or `root`, the machine's own; or a path, as for `net`. See [user namespaces](user-namespaces.md). Default: `new`, unless the entry asks for what works only in the machine's. */
    readonly userns?: "host" | "root" | "new" | (string & {}) | undefined;
    /** Host name; needs a UTS namespace of its own, the default. */
    readonly hostname?: string | undefined;
    /** Makes the root file system read-only. Default: `false`. */
    readonly readonly?: boolean | undefined;
    /** Paths that are hidden from the container. A bind in which one lies is `rslave`. Default: moby's list; none with CAP_SYS_ADMIN. */
    readonly maskedPaths?: ReadonlyArray<string> | undefined;
    /** Paths that are read-only for the container. A bind in which one lies is `rslave`. Default: moby's list, /proc/sys among them; none with CAP_SYS_ADMIN, all but /proc/sys/net with CAP_NET_ADMIN. */
    readonly readonlyPaths?: ReadonlyArray<string> | undefined;
    /** User id: a number, or the name of an entry, which stands for the id that kit assigns to that entry. Default: that of the image (`USER`), or 0. */
    readonly uid?: number | string | undefined;
    /** Group id: a number, or the name of an entry. Default: that of the image, or 0. */
    readonly gid?: number | string | undefined;
    /** Supplementary groups. Default: those of the image's user. */
    readonly additionalGids?: ReadonlyArray<number | string> | undefined;
    /** Programs cannot gain privileges, such as by set-user-ID bits. Default: `true`; `false` with all capabilities. */
    readonly noNewPrivileges?: boolean | undefined;
    /** Filter of system calls: `default`, which is moby's list; `unconfined` for none; or a profile in a JSON file beside the manifest. Default: `default`; `unconfined` with all capabilities. */
    readonly seccomp?: "default" | "unconfined" | (string & {}) | undefined;
    /** What its programs may do with files and TCP ports, by rules of landlock(7) that they cannot undo. A list that is there allows what it names, and nothing else is allowed of its kind: `read`, `execute` and `write` are one kind. Needs `pkg/landlock` in `init`. Default: no rules. */
    readonly landlock?: {
      /** Files and folders with all below them: may be read. */
      readonly read?: ReadonlyArray<string> | undefined;
      /** The same, and programs may be executed. */
      readonly execute?: ReadonlyArray<string> | undefined;
      /** The same as `read`, and files may be written, made and removed; neither executed, nor made as devices. */
      readonly write?: ReadonlyArray<string> | undefined;
      /** TCP ports to listen at; 0 is one that the kernel chooses. */
      readonly bind?: ReadonlyArray<number> | undefined;
      /** TCP ports to connect to, at whatever address. */
      readonly connect?: ReadonlyArray<number> | undefined;
    } | undefined;
    /** Adjustment of the OOM killer's score, proc_pid_oom_score_adj(5); the process with the highest score is killed first. */
    readonly oomScoreAdj?: number | undefined;
    /** Mount propagation of the root file system: `shared`, `slave`, `private`… What the machine mounts later below a bind reaches the container with `rslave` only, whatever the bind says itself; without it, the bind shows what was mounted when the container started. */
    readonly rootfsPropagation?: string | undefined;
    /** Path of the cgroup. Default: `/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`. */
    readonly cgroupsPath?: string | undefined;
    /** Resource limits. Default: 512 tasks and three quarters of the memory; none with all capabilities. */
    readonly resources?: {
      /** Device access rules. */
      readonly devices?: ReadonlyArray<{
        /** Whether access is allowed or denied. */
        readonly allow: boolean;
        /** `a`: all, `b`: block, `c`: character. Default: a. */
        readonly type?: "a" | "b" | "c" | undefined;
        /** Major number; -1 for all. Default: all. */
        readonly major?: number | undefined;
        /** Minor number; -1 for all. Default: all. */
        readonly minor?: number | undefined;
        /** `r`: read, `w`: write, `m`: mknod. Default: rwm. */
        readonly access?: string | undefined;
      }> | undefined;
      /** Memory limits. */
      readonly memory?: {
        /** Maximum memory in bytes; -1 for no limit. */
        readonly limit?: number | bigint | undefined;
        /** Soft limit in bytes. */
        readonly reservation?: number | bigint | undefined;
        /** Maximum of memory and swap together, in bytes. */
        readonly swap?: number | bigint | undefined;
        /** Kernel memory limit (cgroup v1 only: refused with kit's init). */
        readonly kernel?: number | bigint | undefined;
        /** Kernel TCP buffer limit (cgroup v1 only: refused with kit's init). */
        readonly kernelTCP?: number | bigint | undefined;
        /** Tendency to swap (cgroup v1 only: refused with kit's init). */
        readonly swappiness?: number | bigint | undefined;
        /** Disables the OOM killer (cgroup v1 only: refused with kit's init). */
        readonly disableOOMKiller?: boolean | undefined;
      } | undefined;
      /** CPU limits. */
      readonly cpu?: {
        /** Relative weight; the default of the kernel is 1024. */
        readonly shares?: number | bigint | undefined;
        /** CPU time in each period, in microseconds. */
        readonly quota?: number | bigint | undefined;
        /** Length of a period, in microseconds. */
        readonly period?: number | bigint | undefined;
        /** CPU time of real-time tasks in each period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimeRuntime?: number | bigint | undefined;
        /** Length of a real-time period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimePeriod?: number | bigint | undefined;
        /** CPUs to run on, cpuset(7). */
        readonly cpus?: string | undefined;
        /** Memory nodes to use, cpuset(7). */
        readonly mems?: string | undefined;
      } | undefined;
      /** Limit of processes. */
      readonly pids?: {
        /** Maximum number of processes and threads. */
        readonly limit: number | bigint;
      } | undefined;
      /** Disk I/O limits. */
      readonly blockio?: {
        /** Relative weight, 10 to 1000. */
        readonly weight?: number | undefined;
        /** Weight relative to child cgroups. */
        readonly leafWeight?: number | undefined;
        /** Weights by device. */
        readonly weightDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Weight for this device. */
          readonly weight?: number | undefined;
          /** Leaf weight for this device. */
          readonly leafWeight?: number | undefined;
        }> | undefined;
        /** Read limit in bytes per second. */
        readonly throttleReadBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in bytes per second. */
        readonly throttleWriteBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Read limit in operations per second. */
        readonly throttleReadIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in operations per second. */
        readonly throttleWriteIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
      } | undefined;
      /** Huge page limits. */
      readonly hugepageLimits?: ReadonlyArray<{
        /** Page size: `2MB`, `1GB`, or a number of bytes. */
        readonly pageSize: string | number;
        /** Maximum memory in pages of this size, in bytes. */
        readonly limit: number | bigint;
      }> | undefined;
      /** Network limits. */
      readonly network?: {
        /** Class id of network packets (cgroup v1 only: refused with kit's init). */
        readonly classID?: number | undefined;
        /** Packet priorities by interface (cgroup v1 only: refused with kit's init). */
        readonly priorities?: ReadonlyArray<{
          /** Name of the interface. */
          readonly name: string;
          /** Priority. */
          readonly priority: number;
        }> | undefined;
      } | undefined;
    } | undefined;
    /** Kernel parameters of the container's namespaces, sysctl(8). */
    readonly sysctl?: Readonly<Record<string, string>> | undefined;
    /** Resource limits of setrlimit(2), `name,soft,hard`. An unlimited `nofile` is 1048576, the default of fs.nr_open: the kernel allows no more. Default: `nofile,1024,65536`; none with all capabilities. */
    readonly rlimits?: ReadonlyArray<string> | undefined;
    /** Mapping of user ids in the user namespace. Default: with `userns: new`, a range of 65,536 ids of its own. */
    readonly uidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Mapping of group ids in the user namespace. Default: with `userns: new`, the same range. */
    readonly gidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Arbitrary metadata for tools. */
    readonly annotations?: Readonly<Record<string, string>> | undefined;
    /** What init prepares before it starts the container. */
    readonly runtime?: {
      /** Cgroups to create first. */
      readonly cgroups?: ReadonlyArray<string> | undefined;
      /** Mounts to make first. A relative destination is below the root file system of the container. */
      readonly mounts?: ReadonlyArray<{
        /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
        readonly destination?: string | undefined;
        /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
        readonly type?: string | undefined;
        /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
        readonly source?: string | undefined;
        /** Mount options, as in fstab(5). */
        readonly options?: ReadonlyArray<string> | undefined;
      }> | undefined;
      /** Folders to create after these mounts. */
      readonly mkdir?: ReadonlyArray<string> | undefined;
      /** Network interfaces for the container. */
      readonly interfaces?: ReadonlyArray<{
        /** Name of the interface. */
        readonly name?: string | undefined;
        /** Type of the interface to create (`veth`, `dummy`…); without it an existing interface is moved into the container. */
        readonly add?: string | undefined;
        /** The other end of a veth pair. */
        readonly peer?: string | undefined;
        /** Creates the interface in the network namespace of the machine, then moves it. */
        readonly createInRoot?: boolean | undefined;
      }> | undefined;
      /** Paths to bind-mount the namespaces of the container to. */
      readonly bindNS?: {
        /** Path for the cgroup namespace. */
        readonly cgroup?: string | undefined;
        /** Path for the IPC namespace. */
        readonly ipc?: string | undefined;
        /** Path for the mount namespace. */
        readonly mnt?: string | undefined;
        /** Path for the network namespace. */
        readonly net?: string | undefined;
        /** Path for the PID namespace. */
        readonly pid?: string | undefined;
        /** Path for the user namespace. */
        readonly user?: string | undefined;
        /** Path for the UTS namespace. */
        readonly uts?: string | undefined;
      } | undefined;
      /** containerd namespace of the container. Default: `services.linuxkit`. */
      readonly namespace?: string | undefined;
    } | undefined;
    /** What happens if an onboot or onshutdown entry fails. `shell` opens a root shell on the console; the boot goes on when it exits. Default: `continue`. */
    readonly onFailure?: "continue" | "halt" | "reboot" | "shell" | undefined;
    /** Time limit of an onboot or onshutdown entry; `0s` for none. Default: `0s`. */
    readonly timeout?: string | undefined;
    /** The OCI runtime that runs the container. Default: `crun`. */
    readonly ociRuntime?: "crun" | "runc" | undefined;
  }> | undefined;
  /** Containers that run one after another when the machine shuts down. */
  readonly onshutdown?: ReadonlyArray<{
    /** Name of the container. */
    readonly name: string;
    /** The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest. */
    readonly image: string;
    /** Grants what the label of a foreign image asks for beyond kit's defaults: capabilities, binds, devices, namespaces of the machine… Packages are trusted. Default: `false`: the build stops and names what it asks for. */
    readonly trustLabel?: boolean | undefined;
    /** `false` for what is there for development, such as a login on the console: images of `kit build --production` are made without the entry, and the build says so. Default: `true`. */
    readonly production?: boolean | undefined;
    /** Capabilities of the container: upper-case names, or the single item `all` or `none`. Default: none. */
    readonly capabilities?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Capabilities in addition to those of the label. */
    readonly "capabilities.add"?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Ambient capabilities, which programs that do not run as root keep. Default: none. */
    readonly ambient?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Mounts in the form of config.json. Replaces a default mount, or one of `tmpfs` or `binds`, with the same destination. */
    readonly mounts?: ReadonlyArray<{
      /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
      readonly destination?: string | undefined;
      /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
      readonly type?: string | undefined;
      /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
      readonly source?: string | undefined;
      /** Mount options, as in fstab(5). */
      readonly options?: ReadonlyArray<string> | undefined;
    }> | undefined;
    /** Bind mounts, `source:destination[:options]`. A source that does not start with `/` is the name of a volume. The default options are `rw,rbind,rshared`. With `ro`, what is mounted below the source is read-only, too; with `ro,rrw` it is not. */
    readonly binds?: ReadonlyArray<string> | undefined;
    /** Bind mounts in addition to those of the label. */
    readonly "binds.add"?: ReadonlyArray<string> | undefined;
    /** tmpfs mounts, `destination[:options]`. */
    readonly tmpfs?: ReadonlyArray<string> | undefined;
    /** Device nodes, and permission to use them. A service may leave out `major` and `minor`: it gets the device of the machine that has this path when the service first starts, or none if there is none, with permission to read, and to write if the mode has that. */
    readonly devices?: ReadonlyArray<{
      /** Path in the container; `all` adds a cgroup rule without a device node. Without `major` and `minor`: path in the machine, too, whose name may have `*` in it. */
      readonly path: string;
      /** `a`: all, `b`: block, `c` and `u`: character, `p`: fifo. */
      readonly type: "a" | "b" | "c" | "u" | "p";
      /** Major number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly major?: number | undefined;
      /** Minor number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly minor?: number | undefined;
      /** Mode bits in octal. */
      readonly mode?: string | undefined;
    }> | undefined;
    /** The program and its arguments, in place of the entry point and command of the image. Default: entry point and command of the image. */
    readonly command?: ReadonlyArray<string> | undefined;
    /** Environment variables, `NAME=value`. Default: that of the image. */
    readonly env?: ReadonlyArray<string> | undefined;
    /** Working directory, absolute. It is made if the image lacks it. Default: that of the image, or `/`. */
    readonly cwd?: string | undefined;
    /** Network namespace: `host` or `root` for that of the machine, `new` or `none` for a new one, or the path of an existing one. Default: `root`. */
    readonly net?: "host" | "root" | "new" | "none" | (string & {}) | undefined;
    /** IPC namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly ipc?: "host" | "root" | "new" | (string & {}) | undefined;
    /** UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly uts?: "host" | "root" | "new" | (string & {}) | undefined;
    /** PID namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`. */
    readonly pid?: "host" | "root" | "new" | (string & {}) | undefined;
    /** User namespace: `new`, whose root is nobody on the machine; `host` or `root`, the machine's own; or a path, as for `net`. See [user namespaces](user-namespaces.md). Default: `new`, unless the entry asks for what works only in the machine's. */
    readonly userns?: "host" | "root" | "new" | (string & {}) | undefined;
    /** Host name; needs a UTS namespace of its own, the default. */
    readonly hostname?: string | undefined;
    /** Makes the root file system read-only. Default: `false`. */
    readonly readonly?: boolean | undefined;
    /** Paths that are hidden from the container. A bind in which one lies is `rslave`. Default: moby's list; none with CAP_SYS_ADMIN. */
    readonly maskedPaths?: ReadonlyArray<string> | undefined;
    /** Paths that are read-only for the container. A bind in which one lies is `rslave`. Default: moby's list, /proc/sys among them; none with CAP_SYS_ADMIN, all but /proc/sys/net with CAP_NET_ADMIN. */
    readonly readonlyPaths?: ReadonlyArray<string> | undefined;
    /** User id: a number, or the name of an entry, which stands for the id that kit assigns to that entry. Default: that of the image (`USER`), or 0. */
    readonly uid?: number | string | undefined;
    /** Group id: a number, or the name of an entry. Default: that of the image, or 0. */
    readonly gid?: number | string | undefined;
    /** Supplementary groups. Default: those of the image's user. */
    readonly additionalGids?: ReadonlyArray<number | string> | undefined;
    /** Programs cannot gain privileges, such as by set-user-ID bits. Default: `true`; `false` with all capabilities. */
    readonly noNewPrivileges?: boolean | undefined;
    /** Filter of system calls: `default`, which is moby's list; `unconfined` for none; or a profile in a JSON file beside the manifest. Default: `default`; `unconfined` with all capabilities. */
    readonly seccomp?: "default" | "unconfined" | (string & {}) | undefined;
    /** What its programs may do with files and TCP ports, by rules of landlock(7) that they cannot undo. A list that is there allows what it names, and nothing else is allowed of its kind: `read`, `execute` and `write` are one kind. Needs `pkg/landlock` in `init`. Default: no rules. */
    readonly landlock?: {
      /** Files and folders with all below them: may be read. */
      readonly read?: ReadonlyArray<string> | undefined;
      /** The same, and programs may be executed. */
      readonly execute?: ReadonlyArray<string> | undefined;
      /** The same as `read`, and files may be written, made and removed; neither executed, nor made as devices. */
      readonly write?: ReadonlyArray<string> | undefined;
      /** TCP ports to listen at; 0 is one that the kernel chooses. */
      readonly bind?: ReadonlyArray<number> | undefined;
      /** TCP ports to connect to, at whatever address. */
      readonly connect?: ReadonlyArray<number> | undefined;
    } | undefined;
    /** Adjustment of the OOM killer's score, proc_pid_oom_score_adj(5); the process with the highest score is killed first. */
    readonly oomScoreAdj?: number | undefined;
    /** Mount propagation of the root file system: `shared`, `slave`, `private`… What the machine mounts later below a bind reaches the container with `rslave` only, whatever the bind says itself; without it, the bind shows what was mounted when the container started. */
    readonly rootfsPropagation?: string | undefined;
    /** Path of the cgroup. Default: `/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`. */
    readonly cgroupsPath?: string | undefined;
    /** Resource limits. Default: 512 tasks and three quarters of the memory; none with all capabilities. */
    readonly resources?: {
      /** Device access rules. */
      readonly devices?: ReadonlyArray<{
        /** Whether access is allowed or denied. */
        readonly allow: boolean;
        /** `a`: all, `b`: block, `c`: character. Default: a. */
        readonly type?: "a" | "b" | "c" | undefined;
        /** Major number; -1 for all. Default: all. */
        readonly major?: number | undefined;
        /** Minor number; -1 for all. Default: all. */
        readonly minor?: number | undefined;
        /** `r`: read, `w`: write, `m`: mknod. Default: rwm. */
        readonly access?: string | undefined;
      }> | undefined;
      /** Memory limits. */
      readonly memory?: {
        /** Maximum memory in bytes; -1 for no limit. */
        readonly limit?: number | bigint | undefined;
        /** Soft limit in bytes. */
        readonly reservation?: number | bigint | undefined;
        /** Maximum of memory and swap together, in bytes. */
        readonly swap?: number | bigint | undefined;
        /** Kernel memory limit (cgroup v1 only: refused with kit's init). */
        readonly kernel?: number | bigint | undefined;
        /** Kernel TCP buffer limit (cgroup v1 only: refused with kit's init). */
        readonly kernelTCP?: number | bigint | undefined;
        /** Tendency to swap (cgroup v1 only: refused with kit's init). */
        readonly swappiness?: number | bigint | undefined;
        /** Disables the OOM killer (cgroup v1 only: refused with kit's init). */
        readonly disableOOMKiller?: boolean | undefined;
      } | undefined;
      /** CPU limits. */
      readonly cpu?: {
        /** Relative weight; the default of the kernel is 1024. */
        readonly shares?: number | bigint | undefined;
        /** CPU time in each period, in microseconds. */
        readonly quota?: number | bigint | undefined;
        /** Length of a period, in microseconds. */
        readonly period?: number | bigint | undefined;
        /** CPU time of real-time tasks in each period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimeRuntime?: number | bigint | undefined;
        /** Length of a real-time period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimePeriod?: number | bigint | undefined;
        /** CPUs to run on, cpuset(7). */
        readonly cpus?: string | undefined;
        /** Memory nodes to use, cpuset(7). */
        readonly mems?: string | undefined;
      } | undefined;
      /** Limit of processes. */
      readonly pids?: {
        /** Maximum number of processes and threads. */
        readonly limit: number | bigint;
      } | undefined;
      /** Disk I/O limits. */
      readonly blockio?: {
        /** Relative weight, 10 to 1000. */
        readonly weight?: number | undefined;
        /** Weight relative to child cgroups. */
        readonly leafWeight?: number | undefined;
        /** Weights by device. */
        readonly weightDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Weight for this device. */
          readonly weight?: number | undefined;
          /** Leaf weight for this device. */
          readonly leafWeight?: number | undefined;
        }> | undefined;
        /** Read limit in bytes per second. */
        readonly throttleReadBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in bytes per second. */
        readonly throttleWriteBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Read limit in operations per second. */
        readonly throttleReadIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in operations per second. */
        readonly throttleWriteIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
      } | undefined;
      /** Huge page limits. */
      readonly hugepageLimits?: ReadonlyArray<{
        /** Page size: `2MB`, `1GB`, or a number of bytes. */
        readonly pageSize: string | number;
        /** Maximum memory in pages of this size, in bytes. */
        readonly limit: number | bigint;
      }> | undefined;
      /** Network limits. */
      readonly network?: {
        /** Class id of network packets (cgroup v1 only: refused with kit's init). */
        readonly classID?: number | undefined;
        /** Packet priorities by interface (cgroup v1 only: refused with kit's init). */
        readonly priorities?: ReadonlyArray<{
          /** Name of the interface. */
          readonly name: string;
          /** Priority. */
          readonly priority: number;
        }> | undefined;
      } | undefined;
    } | undefined;
    /** Kernel parameters of the container's namespaces, sysctl(8). */
    readonly sysctl?: Readonly<Record<string, string>> | undefined;
    /** Resource limits of setrlimit(2), `name,soft,hard`. An unlimited `nofile` is 1048576, the default of fs.nr_open: the kernel allows no more. Default: `nofile,1024,65536`; none with all capabilities. */
    readonly rlimits?: ReadonlyArray<string> | undefined;
    /** Mapping of user ids in the user namespace. Default: with `userns: new`, a range of 65,536 ids of its own. */
    readonly uidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Mapping of group ids in the user namespace. Default: with `userns: new`, the same range. */
    readonly gidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Arbitrary metadata for tools. */
    readonly annotations?: Readonly<Record<string, string>> | undefined;
    /** What init prepares before it starts the container. */
    readonly runtime?: {
      /** Cgroups to create first. */
      readonly cgroups?: ReadonlyArray<string> | undefined;
      /** Mounts to make first. A relative destination is below the root file system of the container. */
      readonly mounts?: ReadonlyArray<{
        /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
        readonly destination?: string | undefined;
        /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
        readonly type?: string | undefined;
        /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
        readonly source?: string | undefined;
        /** Mount options, as in fstab(5). */
        readonly options?: ReadonlyArray<string> | undefined;
      }> | undefined;
      /** Folders to create after these mounts. */
      readonly mkdir?: ReadonlyArray<string> | undefined;
      /** Network interfaces for the container. */
      readonly interfaces?: ReadonlyArray<{
        /** Name of the interface. */
        readonly name?: string | undefined;
        /** Type of the interface to create (`veth`, `dummy`…); without it an existing interface is moved into the container. */
        readonly add?: string | undefined;
        /** The other end of a veth pair. */
        readonly peer?: string | undefined;
        /** Creates the interface in the network namespace of the machine, then moves it. */
        readonly createInRoot?: boolean | undefined;
      }> | undefined;
      /** Paths to bind-mount the namespaces of the container to. */
      readonly bindNS?: {
        /** Path for the cgroup namespace. */
        readonly cgroup?: string | undefined;
        /** Path for the IPC namespace. */
        readonly ipc?: string | undefined;
        /** Path for the mount namespace. */
        readonly mnt?: string | undefined;
        /** Path for the network namespace. */
        readonly net?: string | undefined;
        /** Path for the PID namespace. */
        readonly pid?: string | undefined;
        /** Path for the user namespace. */
        readonly user?: string | undefined;
        /** Path for the UTS namespace. */
        readonly uts?: string | undefined;
      } | undefined;
      /** containerd namespace of the container. Default: `services.linuxkit`. */
      readonly namespace?: string | undefined;
    } | undefined;
    /** What happens if an onboot or onshutdown entry fails. `shell` opens a root shell on the console; the boot goes on when it exits. Default: `continue`. */
    readonly onFailure?: "continue" | "halt" | "reboot" | "shell" | undefined;
    /** Time limit of an onboot or onshutdown entry; `0s` for none. Default: `0s`. */
    readonly timeout?: string | undefined;
    /** The OCI runtime that runs the container. Default: `crun`. */
    readonly ociRuntime?: "crun" | "runc" | undefined;
  }> | undefined;
  /** Containers that run for as long as the machine does. Names must be unique. */
  readonly services?: ReadonlyArray<{
    /** Name of the container. */
    readonly name: string;
    /** The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest. */
    readonly image: string;
    /** Grants what the label of a foreign image asks for beyond kit's defaults: capabilities, binds, devices, namespaces of the machine… Packages are trusted. Default: `false`: the build stops and names what it asks for. */
    readonly trustLabel?: boolean | undefined;
    /** `false` for what is there for development, such as a login on the console: images of `kit build --production` are made without the entry, and the build says so. Default: `true`. */
    readonly production?: boolean | undefined;
    /** Ports of the machine on which the service is reached from outside, which `network: {firewall: true}` lets through: of the manifest only, since an image must not open any. Default: none. */
    readonly ports?: ReadonlyArray<string> | undefined;
    /** Capabilities of the container: upper-case names, or the single item `all` or `none`. Default: none. */
    readonly capabilities?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Capabilities in addition to those of the label. */
    readonly "capabilities.add"?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Ambient capabilities, which programs that do not run as root keep. Default: none. */
    readonly ambient?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
    /** Mounts in the form of config.json. Replaces a default mount, or one of `tmpfs` or `binds`, with the same destination. */
    readonly mounts?: ReadonlyArray<{
      /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
      readonly destination?: string | undefined;
      /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
      readonly type?: string | undefined;
      /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
      readonly source?: string | undefined;
      /** Mount options, as in fstab(5). */
      readonly options?: ReadonlyArray<string> | undefined;
    }> | undefined;
    /** Bind mounts, `source:destination[:options]`. A source that does not start with `/` is the name of a volume. The default options are `rw,rbind,rshared`. With `ro`, what is mounted below the source is read-only, too; with `ro,rrw` it is not. */
    readonly binds?: ReadonlyArray<string> | undefined;
    /** Bind mounts in addition to those of the label. */
    readonly "binds.add"?: ReadonlyArray<string> | undefined;
    /** tmpfs mounts, `destination[:options]`. */
    readonly tmpfs?: ReadonlyArray<string> | undefined;
    /** Device nodes, and permission to use them. A service may leave out `major` and `minor`: it gets the device of the machine that has this path when the service first starts, or none if there is none, with permission to read, and to write if the mode has that. */
    readonly devices?: ReadonlyArray<{
      /** Path in the container; `all` adds a cgroup rule without a device node. Without `major` and `minor`: path in the machine, too, whose name may have `*` in it. */
      readonly path: string;
      /** `a`: all, `b`: block, `c` and `u`: character, `p`: fifo. */
      readonly type: "a" | "b" | "c" | "u" | "p";
      /** Major number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly major?: number | undefined;
      /** Minor number. Default: in services that of the machine; 0 with `all` and for a fifo. */
      readonly minor?: number | undefined;
      /** Mode bits in octal. */
      readonly mode?: string | undefined;
    }> | undefined;
    /** The program and its arguments, in place of the entry point and command of the image. Default: entry point and command of the image. */
    readonly command?: ReadonlyArray<string> | undefined;
    /** Environment variables, `NAME=value`. Default: that of the image. */
    readonly env?: ReadonlyArray<string> | undefined;
    /** Working directory, absolute. It is made if the image lacks it. Default: that of the image, or `/`. */
    readonly cwd?: string | undefined;
    /** Network namespace: `host` or `root` for that of the machine, `new` or `none` for a new one, or the path of an existing one. Default: `root`. */
    readonly net?: "host" | "root" | "new" | "none" | (string & {}) | undefined;
    /** IPC namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly ipc?: "host" | "root" | "new" | (string & {}) | undefined;
    /** UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
    readonly uts?: "host" | "root" | "new" | (string & {}) | undefined;
    /** PID namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`. */
    readonly pid?: "host" | "root" | "new" | (string & {}) | undefined;
    /** User namespace: `new`, whose root is nobody on the machine; `host` or `root`, the machine's own; or a path, as for `net`. See [user namespaces](user-namespaces.md). Default: `new`, unless the entry asks for what works only in the machine's. */
    readonly userns?: "host" | "root" | "new" | (string & {}) | undefined;
    /** Host name; needs a UTS namespace of its own, the default. */
    readonly hostname?: string | undefined;
    /** Makes the root file system read-only. Default: `false`. */
    readonly readonly?: boolean | undefined;
    /** Paths that are hidden from the container. A bind in which one lies is `rslave`. Default: moby's list; none with CAP_SYS_ADMIN. */
    readonly maskedPaths?: ReadonlyArray<string> | undefined;
    /** Paths that are read-only for the container. A bind in which one lies is `rslave`. Default: moby's list, /proc/sys among them; none with CAP_SYS_ADMIN, all but /proc/sys/net with CAP_NET_ADMIN. */
    readonly readonlyPaths?: ReadonlyArray<string> | undefined;
    /** User id: a number, or the name of an entry, which stands for the id that kit assigns to that entry. Default: that of the image (`USER`), or 0. */
    readonly uid?: number | string | undefined;
    /** Group id: a number, or the name of an entry. Default: that of the image, or 0. */
    readonly gid?: number | string | undefined;
    /** Supplementary groups. Default: those of the image's user. */
    readonly additionalGids?: ReadonlyArray<number | string> | undefined;
    /** Programs cannot gain privileges, such as by set-user-ID bits. Default: `true`; `false` with all capabilities. */
    readonly noNewPrivileges?: boolean | undefined;
    /** Filter of system calls: `default`, which is moby's list; `unconfined` for none; or a profile in a JSON file beside the manifest. Default: `default`; `unconfined` with all capabilities. */
    readonly seccomp?: "default" | "unconfined" | (string & {}) | undefined;
    /** What its programs may do with files and TCP ports, by rules of landlock(7) that they cannot undo. A list that is there allows what it names, and nothing else is allowed of its kind: `read`, `execute` and `write` are one kind. Needs `pkg/landlock` in `init`. Default: no rules. */
    readonly landlock?: {
      /** Files and folders with all below them: may be read. */
      readonly read?: ReadonlyArray<string> | undefined;
      /** The same, and programs may be executed. */
      readonly execute?: ReadonlyArray<string> | undefined;
      /** The same as `read`, and files may be written, made and removed; neither executed, nor made as devices. */
      readonly write?: ReadonlyArray<string> | undefined;
      /** TCP ports to listen at; 0 is one that the kernel chooses. */
      readonly bind?: ReadonlyArray<number> | undefined;
      /** TCP ports to connect to, at whatever address. */
      readonly connect?: ReadonlyArray<number> | undefined;
    } | undefined;
    /** Adjustment of the OOM killer's score, proc_pid_oom_score_adj(5); the process with the highest score is killed first. */
    readonly oomScoreAdj?: number | undefined;
    /** Mount propagation of the root file system: `shared`, `slave`, `private`… What the machine mounts later below a bind reaches the container with `rslave` only, whatever the bind says itself; without it, the bind shows what was mounted when the container started. */
    readonly rootfsPropagation?: string | undefined;
    /** Path of the cgroup. Default: `/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`. */
    readonly cgroupsPath?: string | undefined;
    /** Resource limits. Default: 512 tasks and three quarters of the memory; none with all capabilities. */
    readonly resources?: {
      /** Device access rules. */
      readonly devices?: ReadonlyArray<{
        /** Whether access is allowed or denied. */
        readonly allow: boolean;
        /** `a`: all, `b`: block, `c`: character. Default: a. */
        readonly type?: "a" | "b" | "c" | undefined;
        /** Major number; -1 for all. Default: all. */
        readonly major?: number | undefined;
        /** Minor number; -1 for all. Default: all. */
        readonly minor?: number | undefined;
        /** `r`: read, `w`: write, `m`: mknod. Default: rwm. */
        readonly access?: string | undefined;
      }> | undefined;
      /** Memory limits. */
      readonly memory?: {
        /** Maximum memory in bytes; -1 for no limit. */
        readonly limit?: number | bigint | undefined;
        /** Soft limit in bytes. */
        readonly reservation?: number | bigint | undefined;
        /** Maximum of memory and swap together, in bytes. */
        readonly swap?: number | bigint | undefined;
        /** Kernel memory limit (cgroup v1 only: refused with kit's init). */
        readonly kernel?: number | bigint | undefined;
        /** Kernel TCP buffer limit (cgroup v1 only: refused with kit's init). */
        readonly kernelTCP?: number | bigint | undefined;
        /** Tendency to swap (cgroup v1 only: refused with kit's init). */
        readonly swappiness?: number | bigint | undefined;
        /** Disables the OOM killer (cgroup v1 only: refused with kit's init). */
        readonly disableOOMKiller?: boolean | undefined;
      } | undefined;
      /** CPU limits. */
      readonly cpu?: {
        /** Relative weight; the default of the kernel is 1024. */
        readonly shares?: number | bigint | undefined;
        /** CPU time in each period, in microseconds. */
        readonly quota?: number | bigint | undefined;
        /** Length of a period, in microseconds. */
        readonly period?: number | bigint | undefined;
        /** CPU time of real-time tasks in each period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimeRuntime?: number | bigint | undefined;
        /** Length of a real-time period, in microseconds (cgroup v1 only: refused with kit's init). */
        readonly realtimePeriod?: number | bigint | undefined;
        /** CPUs to run on, cpuset(7). */
        readonly cpus?: string | undefined;
        /** Memory nodes to use, cpuset(7). */
        readonly mems?: string | undefined;
      } | undefined;
      /** Limit of processes. */
      readonly pids?: {
        /** Maximum number of processes and threads. */
        readonly limit: number | bigint;
      } | undefined;
      /** Disk I/O limits. */
      readonly blockio?: {
        /** Relative weight, 10 to 1000. */
        readonly weight?: number | undefined;
        /** Weight relative to child cgroups. */
        readonly leafWeight?: number | undefined;
        /** Weights by device. */
        readonly weightDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Weight for this device. */
          readonly weight?: number | undefined;
          /** Leaf weight for this device. */
          readonly leafWeight?: number | undefined;
        }> | undefined;
        /** Read limit in bytes per second. */
        readonly throttleReadBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in bytes per second. */
        readonly throttleWriteBpsDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Read limit in operations per second. */
        readonly throttleReadIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
        /** Write limit in operations per second. */
        readonly throttleWriteIOPSDevice?: ReadonlyArray<{
          /** Major number of the device. */
          readonly major: number;
          /** Minor number of the device. */
          readonly minor: number;
          /** Bytes or operations per second. */
          readonly rate: number | bigint;
        }> | undefined;
      } | undefined;
      /** Huge page limits. */
      readonly hugepageLimits?: ReadonlyArray<{
        /** Page size: `2MB`, `1GB`, or a number of bytes. */
        readonly pageSize: string | number;
        /** Maximum memory in pages of this size, in bytes. */
        readonly limit: number | bigint;
      }> | undefined;
      /** Network limits. */
      readonly network?: {
        /** Class id of network packets (cgroup v1 only: refused with kit's init). */
        readonly classID?: number | undefined;
        /** Packet priorities by interface (cgroup v1 only: refused with kit's init). */
        readonly priorities?: ReadonlyArray<{
          /** Name of the interface. */
          readonly name: string;
          /** Priority. */
          readonly priority: number;
        }> | undefined;
      } | undefined;
    } | undefined;
    /** Kernel parameters of the container's namespaces, sysctl(8). */
    readonly sysctl?: Readonly<Record<string, string>> | undefined;
    /** Resource limits of setrlimit(2), `name,soft,hard`. An unlimited `nofile` is 1048576, the default of fs.nr_open: the kernel allows no more. Default: `nofile,1024,65536`; none with all capabilities. */
    readonly rlimits?: ReadonlyArray<string> | undefined;
    /** Mapping of user ids in the user namespace. Default: with `userns: new`, a range of 65,536 ids of its own. */
    readonly uidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Mapping of group ids in the user namespace. Default: with `userns: new`, the same range. */
    readonly gidMappings?: ReadonlyArray<{
      /** First id on the machine. */
      readonly hostID: number;
      /** First id in the container. */
      readonly containerID: number;
      /** Number of ids. */
      readonly size: number;
    }> | undefined;
    /** Arbitrary metadata for tools. */
    readonly annotations?: Readonly<Record<string, string>> | undefined;
    /** What init prepares before it starts the container. */
    readonly runtime?: {
      /** Cgroups to create first. */
      readonly cgroups?: ReadonlyArray<string> | undefined;
      /** Mounts to make first. A relative destination is below the root file system of the container. */
      readonly mounts?: ReadonlyArray<{
        /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
        readonly destination?: string | undefined;
        /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
        readonly type?: string | undefined;
        /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
        readonly source?: string | undefined;
        /** Mount options, as in fstab(5). */
        readonly options?: ReadonlyArray<string> | undefined;
      }> | undefined;
      /** Folders to create after these mounts. */
      readonly mkdir?: ReadonlyArray<string> | undefined;
      /** Network interfaces for the container. */
      readonly interfaces?: ReadonlyArray<{
        /** Name of the interface. */
        readonly name?: string | undefined;
        /** Type of the interface to create (`veth`, `dummy`…); without it an existing interface is moved into the container. */
        readonly add?: string | undefined;
        /** The other end of a veth pair. */
        readonly peer?: string | undefined;
        /** Creates the interface in the network namespace of the machine, then moves it. */
        readonly createInRoot?: boolean | undefined;
      }> | undefined;
      /** Paths to bind-mount the namespaces of the container to. */
      readonly bindNS?: {
        /** Path for the cgroup namespace. */
        readonly cgroup?: string | undefined;
        /** Path for the IPC namespace. */
        readonly ipc?: string | undefined;
        /** Path for the mount namespace. */
        readonly mnt?: string | undefined;
        /** Path for the network namespace. */
        readonly net?: string | undefined;
        /** Path for the PID namespace. */
        readonly pid?: string | undefined;
        /** Path for the user namespace. */
        readonly user?: string | undefined;
        /** Path for the UTS namespace. */
        readonly uts?: string | undefined;
      } | undefined;
      /** containerd namespace of the container. Default: `services.linuxkit`. */
      readonly namespace?: string | undefined;
    } | undefined;
    /** Whether the service is restarted when it exits. The pauses between restarts grow. Default: `always`. */
    readonly restart?: "always" | "on-failure" | "no" | undefined;
    /** Services that must be ready first. */
    readonly after?: ReadonlyArray<string> | undefined;
    /** How to tell that the service is ready, and later that it still works: exactly one of `tcp`, `http`, `exec`, `log` and `file`; or `none`, ready as soon as it runs. Default: the `HEALTHCHECK` of the image, or `none`. */
    readonly ready?: "none" | {
      /** A port of 127.0.0.1 accepts connections, in the network namespace of the service. */
      readonly tcp?: number | undefined;
      /** An HTTP GET is answered with a status from 200 to 399. */
      readonly http?: {
        /** Port of 127.0.0.1, in the network namespace of the service. */
        readonly port: number;
        /** Path of the request. Default: `/`. */
        readonly path?: string | undefined;
      } | undefined;
      /** A program, run repeatedly in the container, exits with status 0. */
      readonly exec?: ReadonlyArray<string> | undefined;
      /** The service logs a line that matches this regular expression. */
      readonly log?: string | undefined;
      /** The file exists in the machine. */
      readonly file?: string | undefined;
      /** Time between two checks of a service that is ready. Before, kit asks every second, and more often at first. Default: `10s`. */
      readonly interval?: string | undefined;
      /** Time limit of one check. Default: `1s` for `tcp`, `5s` for `http`, `30s` for `exec`. */
      readonly timeout?: string | undefined;
      /** Failures in a row that make a service that was ready unhealthy. Default: `3`. */
      readonly retries?: number | undefined;
    } | undefined;
    /** Restarts the service if it runs but stays unhealthy by its `ready` check, which must be `tcp`, `http`, `exec` or `file`. The pauses before these restarts grow from a second to five minutes. `{}` takes all defaults. Default: an unhealthy service is reported, and left as it is. */
    readonly liveness?: {
      /** How long it may stay unhealthy before it is stopped and started again. Default: `30s`. */
      readonly unhealthyFor?: string | undefined;
      /** How long a start may take until the service is ready; after that it is stopped and started again. Default: any time. */
      readonly readyWithin?: string | undefined;
      /** At most this many such restarts within `window`. Then the service is left as it is until the window has moved on, which is an incident. Default: `5`. */
      readonly restarts?: number | undefined;
      /** The time over which `restarts` are counted. Default: `1h`. */
      readonly window?: string | undefined;
    } | undefined;
    /** Signal that asks the service to stop: `SIGTERM`, `TERM`, `SIGRTMIN+3`, or its number. A program without a handler for it is killed at once. Default: that of the image (`STOPSIGNAL`), or `SIGTERM`. */
    readonly stopSignal?: "SIGTERM" | "SIGINT" | "SIGQUIT" | "SIGHUP" | "SIGRTMIN+3" | (string & {}) | number | undefined;
    /** How long to wait for the service to stop before it is killed. Default: that of the image, or `10s`. */
    readonly stopTimeout?: string | undefined;
    /** The OCI runtime that runs the container. Default: `crun`. */
    readonly ociRuntime?: "crun" | "runc" | undefined;
    /** Which containerd shim, the parent of the service's processes, runs the service: one of its own, or one for all services of its `runtime.namespace` with `shared`. Each shim takes 5 MiB; when a shared one dies, all its services are started again. Default: `own`. */
    readonly shim?: "own" | "shared" | undefined;
  }> | undefined;
  /** Files added to the root file system, over those of the images. */
  readonly files?: ReadonlyArray<File> | undefined;
  /** Disks that are found, formatted if they hold nothing, checked and mounted before the first container runs (docs/storage.md). Names must be unique. They run pkg/disks as the first entry of `onboot`, pkg/disks-crypt if one is encrypted. */
  readonly disks?: ReadonlyArray<{
    /** Name of the disk in `volumes` and in messages. */
    readonly name: string;
    /** Which disk it is: one key. Two disks that match are an error, and neither is touched. */
    readonly match: {
      /** Serial number of the disk. With `kit run`: `--disk data.img,serial=kit-data`. */
      readonly serial?: string | undefined;
      /** Label of a file system that is there already: such a disk is never formatted. */
      readonly label?: string | undefined;
      /** UUID of a file system that is there already. */
      readonly uuid?: string | undefined;
      /** UUID of a partition. */
      readonly partuuid?: string | undefined;
      /** The device. What the kernel calls `/dev/vdb` may be another disk after the next boot. */
      readonly path?: string | undefined;
      /** The one disk whose size lies in this range. */
      readonly size?: {
        /** The least size. Default: any. */
        readonly min?: string | undefined;
        /** The greatest size. Default: any. */
        readonly max?: string | undefined;
      } | undefined;
      /** The disk that has been prepared for this entry; if there is none, the first one that holds nothing. */
      readonly "first-empty"?: boolean | undefined;
    };
    /** The disk gets a partition table with one partition, which holds the file system. Default: the file system takes the whole device. */
    readonly partition?: {
      /** The kind of partition table. */
      readonly table: "gpt";
    } | undefined;
    /** What is on the disk, or in its partition, is encrypted. A container that the key does not open is an error, and is never made anew. Default: it is not. */
    readonly encrypt?: {
      /** LUKS2, the one format for a key that outlives the boot. Default: `true`; with a throw-away key, `false`. */
      readonly luks2?: boolean | undefined;
      /** Where the key comes from: a map with one key; or `throwaway`, for swap: a key that is drawn at each boot, and that nobody ever sees. */
      readonly key: "throwaway" | {
        /** All bytes of a file in the machine, a newline at its end as well. */
        readonly file?: string | undefined;
        /** A file that the metadata brings, below /run/config. The disks then come after pkg/metadata. */
        readonly metadata?: string | undefined;
        /** A key of type "user" in the keyring of root (`@u`), where an earlier entry of `onboot` has put it. */
        readonly keyctl?: string | undefined;
        /** A key that is drawn when the disk is encrypted, and that the machine's TPM 2.0 alone gives again. */
        readonly tpm?: boolean | undefined;
      };
    } | undefined;
    /** The file system, which is made on a disk that holds nothing. One of another type or label is an error. Default: `{type: ext4}`. */
    readonly filesystem?: {
      /** Type. Default: `ext4`. */
      readonly type?: "ext4" | "xfs" | "btrfs" | "swap" | undefined;
      /** Label; up to 16 characters for ext4, 12 for xfs, 15 for swap. Default: that of `match`, or the name of the disk. */
      readonly label?: string | undefined;
    } | undefined;
    /** Mount point in the machine. It is made if it is missing. Default: `/run/kit/disks/NAME`; for swap, none. */
    readonly mount?: string | undefined;
    /** At each boot, partition and file system take what a disk that has become larger offers. Default: `false`. */
    readonly grow?: boolean | undefined;
    /** Once a week, the disk is told which blocks hold nothing, so that it can use them for something else. Default: `true`. */
    readonly trim?: boolean | undefined;
    /** Swap space of this size, as a file on the disk (ext4 and xfs). Default: none. */
    readonly swapFile?: string | undefined;
    /** A disk that holds anything else than what is asked for here loses it, at any boot. Default: `false`: such a disk is an error and stays as it is. */
    readonly wipe?: boolean | undefined;
    /** What follows when the disk is missing, or not as asked for. Default: `continue`; services that bind a volume of the disk then do not start. */
    readonly onFailure?: "continue" | "shell" | "reboot" | "halt" | undefined;
  }> | undefined;
  /** Folders that containers share. Names must be unique. */
  readonly volumes?: ReadonlyArray<Volume> | undefined;
  /** Static addresses, routes and name servers. They are set before the first container runs. */
  readonly network?: Network | undefined;
  /** Serves the control protocol over TCP with mutual TLS (docs/access.md). Without this key no port is open. */
  readonly control?: Control | undefined;
  /** `locked`: once the services have started, or two minutes after the boot, the kernel loads no more modules until the next boot. Devices attached later get no driver that is not loaded yet. Default: modules can be loaded at any time. */
  readonly modules?: "locked" | undefined;
  /** Lets the watchdog of the hardware, or softdog of the kernel, reset a machine that hangs (docs/health.md). `{}` takes all defaults. */
  readonly watchdog?: {
    /** Whole seconds, from 10 to 600, after which the hardware resets a machine that is not fed. Default: `60s`. */
    readonly timeout?: string | undefined;
    /** Services without which the machine counts as hung: one that is unhealthy, fails for good or is in a crash loop. A service with `liveness` counts only once its restarts are used up. Default: none: the supervisor alone counts. */
    readonly services?: ReadonlyArray<string> | undefined;
  } | undefined;
  /** Lets a machine whose image was built with --production take updates (docs/updates.md), and says which. `{}` takes those of every client with role debug. */
  readonly updates?: {
    /** Files with public keys (PEM), relative to the manifest: the machine takes an update only if one of them has signed it, and `kit keys` makes such keys. They are in the image; keys in an update count from its boot on. Default: none: an update need not be signed. */
    readonly keys?: ReadonlyArray<string> | undefined;
    /** The version of what the services keep on disks and in volumes. A machine refuses images with a lower one, which could not read that. Default: `0`. */
    readonly stateVersion?: number | undefined;
  } | undefined;
  /** Which metadata the machine accepts. */
  readonly metadata?: {
    /** What may give the machine its metadata, and with it keys for root: a list of providers, or a map. Anything else is refused and named on the console; so are two data volumes that are both trusted. Default: everything; nothing with `kit build --production`. */
    readonly trust?: ReadonlyArray<"cdrom" | "file" | "aws" | "gcp" | "azure" | "openstack" | "digitalocean" | "hetzner" | "scaleway" | "vultr" | "oracle" | "equinixmetal" | "vmware" | "nocloud" | "nocloud-http"> | {
      /** Sources of metadata: `cdrom`, data volumes; `file`, a file in the image; the metadata services of clouds by their names ([clouds.md](clouds.md)). Default: `cdrom` and `file`. */
      readonly providers?: ReadonlyArray<"cdrom" | "file" | "aws" | "gcp" | "azure" | "openstack" | "digitalocean" | "hetzner" | "scaleway" | "vultr" | "oracle" | "equinixmetal" | "vmware" | "nocloud" | "nocloud-http"> | undefined;
      /** Devices that data volumes may be on. One that matches any item is trusted. Default: any device. */
      readonly devices?: ReadonlyArray<{
        /** The device file. */
        readonly path?: string | undefined;
        /** Serial number of a virtio or NVMe disk. */
        readonly serial?: string | undefined;
        /** The bus it is attached to: `virtio` excludes what somebody plugs into the machine. */
        readonly bus?: "virtio" | "usb" | "ata" | "nvme" | "scsi" | undefined;
      }> | undefined;
      /** Public keys, one of which must have signed the user data: `ssh-keygen -Y sign -n kit-metadata -f KEY user-data`. The signature is the file `user-data.sig` beside it. Default: no signature is needed. */
      readonly signedBy?: ReadonlyArray<string> | undefined;
    } | undefined;
  } | undefined;
  /** Signs the programs that firmware starts, for Secure Boot (docs/trust.md): what starts by UEFI is signed, and nothing else. `kit keys secure-boot` makes keys and certificates. */
  readonly signing?: {
    /** The private key, RSA in PEM form, relative to the folder of the manifest. `KIT_KEY_PASSWORD` is the password of an encrypted one. */
    readonly key: string;
    /** Its certificate, in PEM or DER form: the firmware of the machine has it in `db`. */
    readonly certificate: string;
  } | undefined;
  /** Limits of size and memory. A build that exceeds one fails and lists the largest parts. */
  readonly budgets?: Budgets | undefined;
  /** Accepted for compatibility with LinuxKit, and ignored. */
  readonly trust?: {
    /** Ignored. */
    readonly image?: ReadonlyArray<string> | undefined;
    /** Ignored. */
    readonly org?: ReadonlyArray<string> | undefined;
  } | undefined;
}

/** The kernel and its command line. */
export interface Kernel {
  /** The image with the kernel. Only the files named here are used. */
  readonly image?: string | undefined;
  /** Kernel command line. Default: empty. */
  readonly cmdline?: string | undefined;
  /** File name of the kernel in the image. Default: `kernel`. */
  readonly binary?: string | undefined;
  /** File name of the archive with the kernel modules in the image, or `none`. Default: `kernel.tar`. */
  readonly tar?: string | undefined;
  /** File name of the CPU microcode archive in the image, which is put in front of the initrd. */
  readonly ucode?: string | undefined;
  /** Changes to the image's list of modules, one after another: a name adds a module with all that it needs, a name after a dash leaves it out, and `-*` leaves out everything that is named before (docs/kernel.md). Default: the image's list. */
  readonly modules?: ReadonlyArray<string> | undefined;
}

/** A container: an item of `onboot`, `onshutdown` or `services`. */
export interface Entry {
  /** Name of the container. */
  readonly name: string;
  /** The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest. */
  readonly image: string;
  /** Grants what the label of a foreign image asks for beyond kit's defaults: capabilities, binds, devices, namespaces of the machine… Packages are trusted. Default: `false`: the build stops and names what it asks for. */
  readonly trustLabel?: boolean | undefined;
  /** `false` for what is there for development, such as a login on the console: images of `kit build --production` are made without the entry, and the build says so. Default: `true`. */
  readonly production?: boolean | undefined;
  /** Ports of the machine on which the service is reached from outside, which `network: {firewall: true}` lets through: of the manifest only, since an image must not open any. Default: none. */
  readonly ports?: ReadonlyArray<string> | undefined;
  /** Capabilities of the container: upper-case names, or the single item `all` or `none`. Default: none. */
  readonly capabilities?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
  /** Capabilities in addition to those of the label. */
  readonly "capabilities.add"?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
  /** Ambient capabilities, which programs that do not run as root keep. Default: none. */
  readonly ambient?: ReadonlyArray<"CAP_CHOWN" | "CAP_DAC_OVERRIDE" | "CAP_DAC_READ_SEARCH" | "CAP_FOWNER" | "CAP_FSETID" | "CAP_KILL" | "CAP_SETGID" | "CAP_SETUID" | "CAP_SETPCAP" | "CAP_LINUX_IMMUTABLE" | "CAP_NET_BIND_SERVICE" | "CAP_NET_BROADCAST" | "CAP_NET_ADMIN" | "CAP_NET_RAW" | "CAP_IPC_LOCK" | "CAP_IPC_OWNER" | "CAP_SYS_MODULE" | "CAP_SYS_RAWIO" | "CAP_SYS_CHROOT" | "CAP_SYS_PTRACE" | "CAP_SYS_PACCT" | "CAP_SYS_ADMIN" | "CAP_SYS_BOOT" | "CAP_SYS_NICE" | "CAP_SYS_RESOURCE" | "CAP_SYS_TIME" | "CAP_SYS_TTY_CONFIG" | "CAP_MKNOD" | "CAP_LEASE" | "CAP_AUDIT_WRITE" | "CAP_AUDIT_CONTROL" | "CAP_SETFCAP" | "CAP_MAC_OVERRIDE" | "CAP_MAC_ADMIN" | "CAP_SYSLOG" | "CAP_WAKE_ALARM" | "CAP_BLOCK_SUSPEND" | "CAP_AUDIT_READ" | "CAP_PERFMON" | "CAP_BPF" | "CAP_CHECKPOINT_RESTORE" | "all" | "none" | (string & {})> | undefined;
  /** Mounts in the form of config.json. Replaces a default mount, or one of `tmpfs` or `binds`, with the same destination. */
  readonly mounts?: ReadonlyArray<{
    /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
    readonly destination?: string | undefined;
    /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
    readonly type?: string | undefined;
    /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
    readonly source?: string | undefined;
    /** Mount options, as in fstab(5). */
    readonly options?: ReadonlyArray<string> | undefined;
  }> | undefined;
  /** Bind mounts, `source:destination[:options]`. A source that does not start with `/` is the name of a volume. The default options are `rw,rbind,rshared`. With `ro`, what is mounted below the source is read-only, too; with `ro,rrw` it is not. */
  readonly binds?: ReadonlyArray<string> | undefined;
  /** Bind mounts in addition to those of the label. */
  readonly "binds.add"?: ReadonlyArray<string> | undefined;
  /** tmpfs mounts, `destination[:options]`. */
  readonly tmpfs?: ReadonlyArray<string> | undefined;
  /** Device nodes, and permission to use them. A service may leave out `major` and `minor`: it gets the device of the machine that has this path when the service first starts, or none if there is none, with permission to read, and to write if the mode has that. */
  readonly devices?: ReadonlyArray<{
    /** Path in the container; `all` adds a cgroup rule without a device node. Without `major` and `minor`: path in the machine, too, whose name may have `*` in it. */
    readonly path: string;
    /** `a`: all, `b`: block, `c` and `u`: character, `p`: fifo. */
    readonly type: "a" | "b" | "c" | "u" | "p";
    /** Major number. Default: in services that of the machine; 0 with `all` and for a fifo. */
    readonly major?: number | undefined;
    /** Minor number. Default: in services that of the machine; 0 with `all` and for a fifo. */
    readonly minor?: number | undefined;
    /** Mode bits in octal. */
    readonly mode?: string | undefined;
  }> | undefined;
  /** The program and its arguments, in place of the entry point and command of the image. Default: entry point and command of the image. */
  readonly command?: ReadonlyArray<string> | undefined;
  /** Environment variables, `NAME=value`. Default: that of the image. */
  readonly env?: ReadonlyArray<string> | undefined;
  /** Working directory, absolute. It is made if the image lacks it. Default: that of the image, or `/`. */
  readonly cwd?: string | undefined;
  /** Network namespace: `host` or `root` for that of the machine, `new` or `none` for a new one, or the path of an existing one. Default: `root`. */
  readonly net?: "host" | "root" | "new" | "none" | (string & {}) | undefined;
  /** IPC namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
  readonly ipc?: "host" | "root" | "new" | (string & {}) | undefined;
  /** UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`. Default: `new`; `root` with CAP_SYS_ADMIN. */
  readonly uts?: "host" | "root" | "new" | (string & {}) | undefined;
  /** PID namespace: `host` or `root`, `new`, or a path, as for `net`. Default: `new`. */
  readonly pid?: "host" | "root" | "new" | (string & {}) | undefined;
  /** User namespace: `new`, whose root is nobody on the machine; `host` or `root`, the machine's own; or a path, as for `net`. See [user namespaces](user-namespaces.md). Default: `new`, unless the entry asks for what works only in the machine's. */
  readonly userns?: "host" | "root" | "new" | (string & {}) | undefined;
  /** Host name; needs a UTS namespace of its own, the default. */
  readonly hostname?: string | undefined;
  /** Makes the root file system read-only. Default: `false`. */
  readonly readonly?: boolean | undefined;
  /** Paths that are hidden from the container. A bind in which one lies is `rslave`. Default: moby's list; none with CAP_SYS_ADMIN. */
  readonly maskedPaths?: ReadonlyArray<string> | undefined;
  /** Paths that are read-only for the container. A bind in which one lies is `rslave`. Default: moby's list, /proc/sys among them; none with CAP_SYS_ADMIN, all but /proc/sys/net with CAP_NET_ADMIN. */
  readonly readonlyPaths?: ReadonlyArray<string> | undefined;
  /** User id: a number, or the name of an entry, which stands for the id that kit assigns to that entry. Default: that of the image (`USER`), or 0. */
  readonly uid?: number | string | undefined;
  /** Group id: a number, or the name of an entry. Default: that of the image, or 0. */
  readonly gid?: number | string | undefined;
  /** Supplementary groups. Default: those of the image's user. */
  readonly additionalGids?: ReadonlyArray<number | string> | undefined;
  /** Programs cannot gain privileges, such as by set-user-ID bits. Default: `true`; `false` with all capabilities. */
  readonly noNewPrivileges?: boolean | undefined;
  /** Filter of system calls: `default`, which is moby's list; `unconfined` for none; or a profile in a JSON file beside the manifest. Default: `default`; `unconfined` with all capabilities. */
  readonly seccomp?: "default" | "unconfined" | (string & {}) | undefined;
  /** What its programs may do with files and TCP ports, by rules of landlock(7) that they cannot undo. A list that is there allows what it names, and nothing else is allowed of its kind: `read`, `execute` and `write` are one kind. Needs `pkg/landlock` in `init`. Default: no rules. */
  readonly landlock?: {
    /** Files and folders with all below them: may be read. */
    readonly read?: ReadonlyArray<string> | undefined;
    /** The same, and programs may be executed. */
    readonly execute?: ReadonlyArray<string> | undefined;
    /** The same as `read`, and files may be written, made and removed; neither executed, nor made as devices. */
    readonly write?: ReadonlyArray<string> | undefined;
    /** TCP ports to listen at; 0 is one that the kernel chooses. */
    readonly bind?: ReadonlyArray<number> | undefined;
    /** TCP ports to connect to, at whatever address. */
    readonly connect?: ReadonlyArray<number> | undefined;
  } | undefined;
  /** Adjustment of the OOM killer's score, proc_pid_oom_score_adj(5); the process with the highest score is killed first. */
  readonly oomScoreAdj?: number | undefined;
  /** Mount propagation of the root file system: `shared`, `slave`, `private`… What the machine mounts later below a bind reaches the container with `rslave` only, whatever the bind says itself; without it, the bind shows what was mounted when the container started. */
  readonly rootfsPropagation?: string | undefined;
  /** Path of the cgroup. Default: `/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`. */
  readonly cgroupsPath?: string | undefined;
  /** Resource limits. Default: 512 tasks and three quarters of the memory; none with all capabilities. */
  readonly resources?: {
    /** Device access rules. */
    readonly devices?: ReadonlyArray<{
      /** Whether access is allowed or denied. */
      readonly allow: boolean;
      /** `a`: all, `b`: block, `c`: character. Default: a. */
      readonly type?: "a" | "b" | "c" | undefined;
      /** Major number; -1 for all. Default: all. */
      readonly major?: number | undefined;
      /** Minor number; -1 for all. Default: all. */
      readonly minor?: number | undefined;
      /** `r`: read, `w`: write, `m`: mknod. Default: rwm. */
      readonly access?: string | undefined;
    }> | undefined;
    /** Memory limits. */
    readonly memory?: {
      /** Maximum memory in bytes; -1 for no limit. */
      readonly limit?: number | bigint | undefined;
      /** Soft limit in bytes. */
      readonly reservation?: number | bigint | undefined;
      /** Maximum of memory and swap together, in bytes. */
      readonly swap?: number | bigint | undefined;
      /** Kernel memory limit (cgroup v1 only: refused with kit's init). */
      readonly kernel?: number | bigint | undefined;
      /** Kernel TCP buffer limit (cgroup v1 only: refused with kit's init). */
      readonly kernelTCP?: number | bigint | undefined;
      /** Tendency to swap (cgroup v1 only: refused with kit's init). */
      readonly swappiness?: number | bigint | undefined;
      /** Disables the OOM killer (cgroup v1 only: refused with kit's init). */
      readonly disableOOMKiller?: boolean | undefined;
    } | undefined;
    /** CPU limits. */
    readonly cpu?: {
      /** Relative weight; the default of the kernel is 1024. */
      readonly shares?: number | bigint | undefined;
      /** CPU time in each period, in microseconds. */
      readonly quota?: number | bigint | undefined;
      /** Length of a period, in microseconds. */
      readonly period?: number | bigint | undefined;
      /** CPU time of real-time tasks in each period, in microseconds (cgroup v1 only: refused with kit's init). */
      readonly realtimeRuntime?: number | bigint | undefined;
      /** Length of a real-time period, in microseconds (cgroup v1 only: refused with kit's init). */
      readonly realtimePeriod?: number | bigint | undefined;
      /** CPUs to run on, cpuset(7). */
      readonly cpus?: string | undefined;
      /** Memory nodes to use, cpuset(7). */
      readonly mems?: string | undefined;
    } | undefined;
    /** Limit of processes. */
    readonly pids?: {
      /** Maximum number of processes and threads. */
      readonly limit: number | bigint;
    } | undefined;
    /** Disk I/O limits. */
    readonly blockio?: {
      /** Relative weight, 10 to 1000. */
      readonly weight?: number | undefined;
      /** Weight relative to child cgroups. */
      readonly leafWeight?: number | undefined;
      /** Weights by device. */
      readonly weightDevice?: ReadonlyArray<{
        /** Major number of the device. */
        readonly major: number;
        /** Minor number of the device. */
        readonly minor: number;
        /** Weight for this device. */
        readonly weight?: number | undefined;
        /** Leaf weight for this device. */
        readonly leafWeight?: number | undefined;
      }> | undefined;
      /** Read limit in bytes per second. */
      readonly throttleReadBpsDevice?: ReadonlyArray<{
        /** Major number of the device. */
        readonly major: number;
        /** Minor number of the device. */
        readonly minor: number;
        /** Bytes or operations per second. */
        readonly rate: number | bigint;
      }> | undefined;
      /** Write limit in bytes per second. */
      readonly throttleWriteBpsDevice?: ReadonlyArray<{
        /** Major number of the device. */
        readonly major: number;
        /** Minor number of the device. */
        readonly minor: number;
        /** Bytes or operations per second. */
        readonly rate: number | bigint;
      }> | undefined;
      /** Read limit in operations per second. */
      readonly throttleReadIOPSDevice?: ReadonlyArray<{
        /** Major number of the device. */
        readonly major: number;
        /** Minor number of the device. */
        readonly minor: number;
        /** Bytes or operations per second. */
        readonly rate: number | bigint;
      }> | undefined;
      /** Write limit in operations per second. */
      readonly throttleWriteIOPSDevice?: ReadonlyArray<{
        /** Major number of the device. */
        readonly major: number;
        /** Minor number of the device. */
        readonly minor: number;
        /** Bytes or operations per second. */
        readonly rate: number | bigint;
      }> | undefined;
    } | undefined;
    /** Huge page limits. */
    readonly hugepageLimits?: ReadonlyArray<{
      /** Page size: `2MB`, `1GB`, or a number of bytes. */
      readonly pageSize: string | number;
      /** Maximum memory in pages of this size, in bytes. */
      readonly limit: number | bigint;
    }> | undefined;
    /** Network limits. */
    readonly network?: {
      /** Class id of network packets (cgroup v1 only: refused with kit's init). */
      readonly classID?: number | undefined;
      /** Packet priorities by interface (cgroup v1 only: refused with kit's init). */
      readonly priorities?: ReadonlyArray<{
        /** Name of the interface. */
        readonly name: string;
        /** Priority. */
        readonly priority: number;
      }> | undefined;
    } | undefined;
  } | undefined;
  /** Kernel parameters of the container's namespaces, sysctl(8). */
  readonly sysctl?: Readonly<Record<string, string>> | undefined;
  /** Resource limits of setrlimit(2), `name,soft,hard`. An unlimited `nofile` is 1048576, the default of fs.nr_open: the kernel allows no more. Default: `nofile,1024,65536`; none with all capabilities. */
  readonly rlimits?: ReadonlyArray<string> | undefined;
  /** Mapping of user ids in the user namespace. Default: with `userns: new`, a range of 65,536 ids of its own. */
  readonly uidMappings?: ReadonlyArray<{
    /** First id on the machine. */
    readonly hostID: number;
    /** First id in the container. */
    readonly containerID: number;
    /** Number of ids. */
    readonly size: number;
  }> | undefined;
  /** Mapping of group ids in the user namespace. Default: with `userns: new`, the same range. */
  readonly gidMappings?: ReadonlyArray<{
    /** First id on the machine. */
    readonly hostID: number;
    /** First id in the container. */
    readonly containerID: number;
    /** Number of ids. */
    readonly size: number;
  }> | undefined;
  /** Arbitrary metadata for tools. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** What init prepares before it starts the container. */
  readonly runtime?: {
    /** Cgroups to create first. */
    readonly cgroups?: ReadonlyArray<string> | undefined;
    /** Mounts to make first. A relative destination is below the root file system of the container. */
    readonly mounts?: ReadonlyArray<{
      /** Path in the container. Default: the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`. */
      readonly destination?: string | undefined;
      /** File system type; `bind` for a bind mount. Default: the source if it names one of these types; tmpfs for `/dev`. */
      readonly type?: string | undefined;
      /** What to mount: a device, a path in the machine, or the name of a volume. Default: the type. */
      readonly source?: string | undefined;
      /** Mount options, as in fstab(5). */
      readonly options?: ReadonlyArray<string> | undefined;
    }> | undefined;
    /** Folders to create after these mounts. */
    readonly mkdir?: ReadonlyArray<string> | undefined;
    /** Network interfaces for the container. */
    readonly interfaces?: ReadonlyArray<{
      /** Name of the interface. */
      readonly name?: string | undefined;
      /** Type of the interface to create (`veth`, `dummy`…); without it an existing interface is moved into the container. */
      readonly add?: string | undefined;
      /** The other end of a veth pair. */
      readonly peer?: string | undefined;
      /** Creates the interface in the network namespace of the machine, then moves it. */
      readonly createInRoot?: boolean | undefined;
    }> | undefined;
    /** Paths to bind-mount the namespaces of the container to. */
    readonly bindNS?: {
      /** Path for the cgroup namespace. */
      readonly cgroup?: string | undefined;
      /** Path for the IPC namespace. */
      readonly ipc?: string | undefined;
      /** Path for the mount namespace. */
      readonly mnt?: string | undefined;
      /** Path for the network namespace. */
      readonly net?: string | undefined;
      /** Path for the PID namespace. */
      readonly pid?: string | undefined;
      /** Path for the user namespace. */
      readonly user?: string | undefined;
      /** Path for the UTS namespace. */
      readonly uts?: string | undefined;
    } | undefined;
    /** containerd namespace of the container. Default: `services.linuxkit`. */
    readonly namespace?: string | undefined;
  } | undefined;
  /** Whether the service is restarted when it exits. The pauses between restarts grow. Default: `always`. */
  readonly restart?: "always" | "on-failure" | "no" | undefined;
  /** Services that must be ready first. */
  readonly after?: ReadonlyArray<string> | undefined;
  /** How to tell that the service is ready, and later that it still works: exactly one of `tcp`, `http`, `exec`, `log` and `file`; or `none`, ready as soon as it runs. Default: the `HEALTHCHECK` of the image, or `none`. */
  readonly ready?: "none" | {
    /** A port of 127.0.0.1 accepts connections, in the network namespace of the service. */
    readonly tcp?: number | undefined;
    /** An HTTP GET is answered with a status from 200 to 399. */
    readonly http?: {
      /** Port of 127.0.0.1, in the network namespace of the service. */
      readonly port: number;
      /** Path of the request. Default: `/`. */
      readonly path?: string | undefined;
    } | undefined;
    /** A program, run repeatedly in the container, exits with status 0. */
    readonly exec?: ReadonlyArray<string> | undefined;
    /** The service logs a line that matches this regular expression. */
    readonly log?: string | undefined;
    /** The file exists in the machine. */
    readonly file?: string | undefined;
    /** Time between two checks of a service that is ready. Before, kit asks every second, and more often at first. Default: `10s`. */
    readonly interval?: string | undefined;
    /** Time limit of one check. Default: `1s` for `tcp`, `5s` for `http`, `30s` for `exec`. */
    readonly timeout?: string | undefined;
    /** Failures in a row that make a service that was ready unhealthy. Default: `3`. */
    readonly retries?: number | undefined;
  } | undefined;
  /** Restarts the service if it runs but stays unhealthy by its `ready` check, which must be `tcp`, `http`, `exec` or `file`. The pauses before these restarts grow from a second to five minutes. `{}` takes all defaults. Default: an unhealthy service is reported, and left as it is. */
  readonly liveness?: {
    /** How long it may stay unhealthy before it is stopped and started again. Default: `30s`. */
    readonly unhealthyFor?: string | undefined;
    /** How long a start may take until the service is ready; after that it is stopped and started again. Default: any time. */
    readonly readyWithin?: string | undefined;
    /** At most this many such restarts within `window`. Then the service is left as it is until the window has moved on, which is an incident. Default: `5`. */
    readonly restarts?: number | undefined;
    /** The time over which `restarts` are counted. Default: `1h`. */
    readonly window?: string | undefined;
  } | undefined;
  /** Signal that asks the service to stop: `SIGTERM`, `TERM`, `SIGRTMIN+3`, or its number. A program without a handler for it is killed at once. Default: that of the image (`STOPSIGNAL`), or `SIGTERM`. */
  readonly stopSignal?: "SIGTERM" | "SIGINT" | "SIGQUIT" | "SIGHUP" | "SIGRTMIN+3" | (string & {}) | number | undefined;
  /** How long to wait for the service to stop before it is killed. Default: that of the image, or `10s`. */
  readonly stopTimeout?: string | undefined;
  /** What happens if an onboot or onshutdown entry fails. `shell` opens a root shell on the console; the boot goes on when it exits. Default: `continue`. */
  readonly onFailure?: "continue" | "halt" | "reboot" | "shell" | undefined;
  /** Time limit of an onboot or onshutdown entry; `0s` for none. Default: `0s`. */
  readonly timeout?: string | undefined;
  /** The OCI runtime that runs the container. Default: `crun`. */
  readonly ociRuntime?: "crun" | "runc" | undefined;
  /** Which containerd shim, the parent of the service's processes, runs the service: one of its own, or one for all services of its `runtime.namespace` with `shared`. Each shim takes 5 MiB; when a shared one dies, all its services are started again. Default: `own`. */
  readonly shim?: "own" | "shared" | undefined;
}

/** A file, folder or symbolic link in the root file system. */
export interface File {
  /** Path in the root file system of the machine. */
  readonly path: string;
  /** Creates a folder. Default: `false`. */
  readonly directory?: boolean | undefined;
  /** Creates a symbolic link with this target. */
  readonly symlink?: string | undefined;
  /** The contents of the file. */
  readonly contents?: string | undefined;
  /** The file to copy: relative to the folder of the manifest, or else to the current folder; `~/` is the home folder. */
  readonly source?: string | undefined;
  /** Writes the merged manifest, in this format. */
  readonly metadata?: "yaml" | "json" | undefined;
  /** Skips the file if `source` does not exist. Default: `false`. */
  readonly optional?: boolean | undefined;
  /** Mode bits in octal, in quotes. Default: `"0600"`; folders `"0700"`. */
  readonly mode?: string | undefined;
  /** User id of the owner: a number, or the name of an entry. Default: 0. */
  readonly uid?: number | string | undefined;
  /** Group id: a number, or the name of an entry. Default: 0. */
  readonly gid?: number | string | undefined;
}

/** A folder that containers share. */
export interface Volume {
  /** Name of the volume in `binds` and `mounts`. */
  readonly name: string;
  /** Makes the volume a folder of this disk, `volumes/NAME`, which lives as long as the disk does. Default: the volume is in memory, and lost when the machine ends. */
  readonly disk?: string | undefined;
  /** Makes the volume a folder of the host: that of `kit run --share FOLDER:TAG` with this tag. Default: the volume is in memory, and lost when the machine ends. */
  readonly share?: string | undefined;
  /** What follows when the machine has no share of this tag. Default: `continue`; services that bind the volume then do not start. */
  readonly onFailure?: "continue" | "shell" | "reboot" | "halt" | undefined;
  /** Owner of the folder on the disk, when it is made: a number, or the name of an entry. Default: `0`. */
  readonly uid?: number | string | undefined;
  /** Its group. Default: `0`. */
  readonly gid?: number | string | undefined;
  /** Its mode. Default: `"0755"`. */
  readonly mode?: string | undefined;
  /** Image with the initial contents. Default: an empty volume. */
  readonly image?: string | undefined;
  /** Makes the volume read-only. Binds of it need the option `ro`. Default: `false`. */
  readonly readonly?: boolean | undefined;
  /** Whether the volume holds the files of the image, or the image itself as an OCI layout. Default: `filesystem`. */
  readonly format?: "filesystem" | "oci" | undefined;
  /** Platforms of the image in the OCI layout. Default: all. */
  readonly platforms?: ReadonlyArray<string> | undefined;
}

/** Static addresses, routes and name servers. */
export interface Network {
  /** Interfaces with static addresses, bonds, bridges, VLANs and tunnels. Those that others are made of are set up first. */
  readonly interfaces?: ReadonlyArray<{
    /** Name of the interface. */
    readonly name?: string | undefined;
    /** Selects the interface by its MAC address instead of its name. */
    readonly mac?: string | undefined;
    /** IPv4 and IPv6 addresses, each with its prefix length. */
    readonly addresses?: ReadonlyArray<string> | undefined;
    /** Gateway of the default route. That of the other address family goes into `routes`. */
    readonly gateway?: string | undefined;
    /** Further routes. */
    readonly routes?: ReadonlyArray<{
      /** Destination: a network, or `default`. */
      readonly to: string;
      /** The gateway. Default: none: the destination is on the link. */
      readonly via?: string | undefined;
      /** Priority among routes to the same destination; the lowest wins. Default: `0`. */
      readonly metric?: number | undefined;
      /** The routing table, which `rules` choose. Default: `main`. */
      readonly table?: number | "default" | "main" | "local" | undefined;
      /** The address that packets are sent from. Default: the kernel chooses. */
      readonly src?: string | undefined;
      /** Whether the gateway may be outside the networks of the interface, as clouds with /32 addresses need. Default: `true`. */
      readonly onlink?: boolean | undefined;
    }> | undefined;
    /** Lets the DHCP service configure the interface, in addition to `addresses`. Interfaces that are not listed here are configured by DHCP anyway. Default: `false`. */
    readonly dhcp?: boolean | undefined;
    /** Maximum transmission unit in bytes. Default: that of the driver. */
    readonly mtu?: number | undefined;
    /** Creates the interface `name` as a VLAN on another interface. */
    readonly vlan?: {
      /** VLAN id. */
      readonly id: number;
      /** The interface that carries the VLAN. */
      readonly link: string;
    } | undefined;
    /** Creates the interface `name` of several others that carry the same network. */
    readonly bond?: {
      /** Its interfaces, which have no addresses of their own. */
      readonly members: ReadonlyArray<string>;
      /** How the members share the work; `802.3ad` is LACP. Default: `active-backup`. */
      readonly mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb" | undefined;
      /** How often the links of the members are looked at, in milliseconds. Default: `100`. */
      readonly miimon?: number | undefined;
      /** How often the other end is asked to send LACPDUs: every 30 s or every second. Only of `802.3ad`. Default: `slow`. */
      readonly lacpRate?: "slow" | "fast" | undefined;
      /** The member that is used while it works. Of `active-backup`, `balance-tlb` and `balance-alb`. Default: none. */
      readonly primary?: string | undefined;
    } | undefined;
    /** Creates the interface `name` as a switch, whose ports are other interfaces. */
    readonly bridge?: {
      /** Its ports, which have no addresses of their own. May be empty. */
      readonly members: ReadonlyArray<string>;
      /** Spanning tree (IEEE 802.1D). Ports then forward nothing for the first 30 seconds. Default: `false`. */
      readonly stp?: boolean | undefined;
    } | undefined;
    /** Creates the interface `name` as a WireGuard tunnel. Destinations that are reached through it need `routes` (docs/network.md). */
    readonly wireguard?: {
      /** Where the private key is. It is never in the manifest. */
      readonly privateKey: {
        /** A file of the machine, for example of `files:` with mode "0600". */
        readonly file?: string | undefined;
        /** A file of the machine's metadata, below /run/config. It is read once the `onboot` containers have run. */
        readonly metadata?: string | undefined;
      };
      /** UDP port. With `firewall: true`, `ports` of a service has to name it, too. Default: the kernel chooses. */
      readonly listenPort?: number | undefined;
      /** Mark of the packets that carry the tunnel, for `rules`. Default: none. */
      readonly fwmark?: number | undefined;
      /** The other ends. */
      readonly peers: ReadonlyArray<{
        /** Its public key. */
        readonly publicKey: string;
        /** Where a further, symmetric key is. Default: none. */
        readonly presharedKey?: {
          /** A file of the machine, for example of `files:` with mode "0600". */
          readonly file?: string | undefined;
          /** A file of the machine's metadata, below /run/config. It is read once the `onboot` containers have run. */
          readonly metadata?: string | undefined;
        } | undefined;
        /** Where it is reached. An address, since names are not looked up. Default: where it is heard from. */
        readonly endpoint?: string | undefined;
        /** Networks that are reached through the peer, and that it may send from. */
        readonly allowedIps: ReadonlyArray<string>;
        /** Seconds between packets that keep NAT and firewalls on the way open. Default: none are sent. */
        readonly keepalive?: number | undefined;
      }>;
    } | undefined;
    /** What routers and DHCPv6 servers may configure. Default: the kernel makes addresses of advertised prefixes; DHCPv6 as routers say, where `dhcp` is on. */
    readonly ipv6?: {
      /** Whether router advertisements count, for routes and addresses. Default: unless the machine forwards packets. */
      readonly acceptRa?: boolean | undefined;
      /** Whether the kernel makes addresses of advertised prefixes. Default: `true`. */
      readonly slaac?: boolean | undefined;
      /** DHCPv6 by the DHCP service: as the flags of router advertisements say, for an address and settings, for settings alone, or not at all. Default: `auto`. */
      readonly dhcp?: "auto" | "stateful" | "stateless" | "off" | undefined;
      /** Asks the DHCPv6 server for a prefix of its own (RFC 8415, IA_PD). Default: none is asked for. */
      readonly delegate?: {
        /** Interfaces of the manifest that get a /64 each, and address 1 of it. */
        readonly to: ReadonlyArray<string>;
        /** The prefix length to ask for. Default: `56`. */
        readonly length?: number | undefined;
      } | undefined;
    } | undefined;
  }> | undefined;
  /** Policy rules: which routing table counts for which packets (ip-rule(8)). */
  readonly rules?: ReadonlyArray<{
    /** Source. Default: any. */
    readonly from?: string | undefined;
    /** Destination. Default: any. */
    readonly to?: string | undefined;
    /** Mark of the packet, by a packet filter or a tunnel. Default: any. */
    readonly fwmark?: number | undefined;
    /** The bits of the mark that count. Default: all. */
    readonly mask?: number | undefined;
    /** Interface that it came in through. Default: any. */
    readonly iif?: string | undefined;
    /** Interface that its socket is bound to. Default: any. */
    readonly oif?: string | undefined;
    /** The routing table. */
    readonly table: number | "default" | "main" | "local";
    /** The rule with the lowest number is looked at first. */
    readonly priority: number;
  }> | undefined;
  /** Drops all that comes from outside, over IPv4 and IPv6, except to the `ports` of services and of `control`. Without nf_tables in its kernel the machine does not boot. Default: `false`. */
  readonly firewall?: boolean | undefined;
  /** Lets the metadata that the machine trusts configure interfaces that are not listed here, add VLANs and name servers: by network-config of versions 1 and 2, or network_data.json. `metadata` must be in `onboot`. Default: `false`: what it asks for beyond DHCP is named. */
  readonly metadata?: boolean | undefined;
  /** Name resolution. */
  readonly dns?: {
    /** Name servers, which take precedence over those from DHCP. */
    readonly servers?: ReadonlyArray<string> | undefined;
    /** Search domains for names without a dot. */
    readonly search?: ReadonlyArray<string> | undefined;
  } | undefined;
}

/** Access to the machine over TCP. */
export interface Control {
  /** Address and TCP port to listen on; `:PORT` for all addresses. */
  readonly listen: string;
  /** PEM file in the machine with the CA certificates that client certificates are verified against. Default: `/run/config/control/ca.pem`. */
  readonly ca?: string | undefined;
  /** PEM file in the machine with its certificate, followed by intermediate certificates. Default: `/run/config/control/cert.pem`. */
  readonly certificate?: string | undefined;
  /** PEM file in the machine with its private key. Default: `/run/config/control/key.pem`. */
  readonly key?: string | undefined;
  /** PEM file in the machine with certificate revocation lists. Default: none. */
  readonly crl?: string | undefined;
}

/** Limits of size and memory. */
export interface Budgets {
  /** Maximum size of kernel and initrd together, as stored. What a disk format adds is not counted. */
  readonly image?: string | undefined;
  /** Maximum memory that the machine needs to boot with its root file system in memory. */
  readonly memory?: string | undefined;
  /** Maximum time from the start of the kernel until all services are ready. Only a machine shows it: `kit boot-chart --budgets` checks it. */
  readonly boot?: string | undefined;
  /** Maximum memory in use (MemTotal less MemAvailable) when all services are ready. Checked by `kit boot-chart --budgets`. */
  readonly memoryAtReady?: string | undefined;
  /** Maximum memory in use when `kit boot-chart --budgets` asks. Half a minute after the boot init and supervisor have given back what only their start needed. */
  readonly memoryInUse?: string | undefined;
}
