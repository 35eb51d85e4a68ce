/** The top level of the document. */
export declare const manifestFields: {
    readonly kernel: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("binary" | "cmdline" | "image" | "tar" | "ucode")[];
            readonly kind: 'record';
            readonly fields: {
                readonly image: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'The image with the kernel. Only the files named here are used.';
                    readonly example: 'pkg/kernel';
                };
                readonly cmdline: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'Kernel command line.';
                    readonly default: 'empty';
                    readonly example: 'console=ttyS0';
                };
                readonly binary: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'File name of the kernel in the image.';
                    readonly default: '`kernel`';
                };
                readonly tar: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'File name of the archive with the kernel modules in the image, or `none`.';
                    readonly default: '`kernel.tar`';
                    readonly example: 'none';
                };
                readonly ucode: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: string;
                    readonly example: 'ucode.cpio';
                };
            };
        };
        readonly help: 'The kernel and its command line.';
        readonly merge: 'field by field; the last non-empty value wins';
    };
    readonly init: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly kind: 'string';
                readonly pattern: RegExp;
                readonly expected: string;
                readonly suggestions: readonly string[];
            };
        };
        readonly help: 'Images that are unpacked over each other to form the root file system of the machine.';
        readonly merge: "the lists of all manifests are concatenated";
        readonly example: readonly ["pkg/init", "pkg/crun", "pkg/containerd", "pkg/supervisor"];
    };
    readonly onboot: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("additionalGids" | "after" | "ambient" | "annotations" | "binds" | "binds.add" | "capabilities" | "capabilities.add" | "cgroupsPath" | "command" | "cwd" | "devices" | "env" | "gid" | "gidMappings" | "hostname" | "image" | "ipc" | "maskedPaths" | "mounts" | "name" | "net" | "noNewPrivileges" | "ociRuntime" | "onFailure" | "oomScoreAdj" | "pid" | "readonly" | "readonlyPaths" | "ready" | "resources" | "restart" | "rlimits" | "rootfsPropagation" | "runtime" | "stopSignal" | "stopTimeout" | "sysctl" | "timeout" | "tmpfs" | "uid" | "uidMappings" | "userns" | "uts")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly restart: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["always", "on-failure", "no"];
                        };
                        readonly help: 'Whether the service is restarted when it exits. The pauses between restarts grow.';
                        readonly default: '`always`';
                        readonly example: 'on-failure';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly after: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Services that must be ready first.';
                        readonly example: readonly ["redis"];
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ready: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("exec" | "file" | "http" | "log" | "tcp")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly tcp: {
                                    readonly kind: {
                                        readonly kind: 'integer';
                                        readonly min: number;
                                        readonly max: number;
                                    };
                                    readonly help: "A port of 127.0.0.1 accepts connections, in the network namespace of the service.";
                                    readonly example: 80;
                                };
                                readonly http: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("path" | "port")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly port: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Port of 127.0.0.1, in the network namespace of the service.";
                                                readonly required: true;
                                                readonly example: 8080;
                                            };
                                            readonly path: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                    readonly pattern: RegExp;
                                                    readonly expected: string;
                                                    readonly suggestions: readonly string[];
                                                };
                                                readonly help: "Path of the request.";
                                                readonly default: "`/`";
                                                readonly example: "/health";
                                            };
                                        };
                                    };
                                    readonly help: "An HTTP GET is answered with a status from 200 to 399.";
                                    readonly example: {
                                        readonly port: 8080;
                                        readonly path: "/health";
                                    };
                                };
                                readonly exec: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "A program, run repeatedly in the container, exits with status 0.";
                                    readonly example: readonly ["/usr/bin/redis-cli", "ping"];
                                };
                                readonly log: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "The service logs a line that matches this regular expression.";
                                    readonly example: "listening on port \\d+";
                                };
                                readonly file: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: "The file exists in the machine.";
                                    readonly example: "/run/web.ready";
                                };
                            };
                        };
                        readonly help: 'How to tell that the service is ready. Exactly one key.';
                        readonly default: 'ready as soon as it runs';
                        readonly example: {
                            readonly tcp: 80;
                        };
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopSignal: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Signal that asks the service to stop.';
                        readonly default: '`SIGTERM`';
                        readonly example: 'SIGINT';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopTimeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'How long to wait for the service to stop before it is killed.';
                        readonly default: '`10s`';
                        readonly example: '30s';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly onFailure: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["continue", "halt", "reboot", "shell"];
                        };
                        readonly help: string;
                        readonly default: '`continue`';
                        readonly example: 'halt';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly timeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Time limit of an onboot or onshutdown entry; `0s` for none.';
                        readonly default: '`0s`';
                        readonly example: '1m';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ociRuntime: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["crun", "runc"];
                        };
                        readonly help: 'The OCI runtime that runs the container.';
                        readonly default: '`crun`';
                        readonly example: 'runc';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly capabilities: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities of the container: upper-case names, or the single item `all` or `none`.';
                        readonly default: 'none';
                        readonly effect: string;
                        readonly example: readonly ["CAP_NET_BIND_SERVICE", "CAP_CHOWN"];
                        readonly linuxkit: 'Duplicate names stay duplicates in the effective set.';
                    };
                    readonly 'capabilities.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities in addition to those of the label.';
                        readonly merge: 'added to the `capabilities` of the label; ignored next to `capabilities`, and in a label';
                        readonly effect: 'as `capabilities`';
                        readonly example: readonly ["CAP_SYS_TIME"];
                    };
                    readonly ambient: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Ambient capabilities, which programs that do not run as root keep.';
                        readonly default: 'none';
                        readonly effect: '`process.capabilities`: ambient, bounding, inheritable, permitted';
                        readonly example: readonly ["CAP_NET_RAW"];
                    };
                    readonly mounts: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly destination: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container.";
                                        readonly default: string;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "File system type; `bind` for a bind mount.";
                                        readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                    };
                                    readonly source: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                        readonly default: "the type";
                                    };
                                    readonly options: {
                                        readonly kind: {
                                            readonly kind: 'list';
                                            readonly of: {
                                                readonly kind: 'string';
                                            };
                                        };
                                        readonly help: "Mount options, as in fstab(5).";
                                    };
                                };
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`, sorted by destination';
                        readonly example: readonly [{
                            readonly type: 'bind';
                            readonly source: 'data';
                            readonly destination: '/data';
                            readonly options: readonly ["rw"];
                        }];
                        readonly linuxkit: 'The source of a bind mount of a volume stays the bare name of the volume.';
                    };
                    readonly binds: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/run:/run", "data:/data:ro"];
                        readonly linuxkit: 'An explicit `rbind` appears twice.';
                    };
                    readonly 'binds.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Bind mounts in addition to those of the label.';
                        readonly merge: 'added to the `binds` of the label; ignored next to `binds`, and in a label';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/etc/ssl:/etc/ssl:ro"];
                    };
                    readonly tmpfs: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'tmpfs mounts, `destination[:options]`.';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/tmp:size=64m,mode=1777"];
                    };
                    readonly devices: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("major" | "minor" | "mode" | "path" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly path: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container; `all` adds a cgroup rule without a device node.";
                                        readonly required: true;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'choice';
                                            readonly values: readonly ["a", "b", "c", "u", "p"];
                                        };
                                        readonly help: "`a`: all, `b`: block, `c` and `u`: character, `p`: fifo.";
                                        readonly required: true;
                                    };
                                    readonly major: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Major number.";
                                        readonly default: "0";
                                    };
                                    readonly minor: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Minor number.";
                                        readonly default: "0";
                                    };
                                    readonly mode: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                        readonly help: "Mode bits in octal.";
                                        readonly requiredUnless: {
                                            readonly key: "path";
                                            readonly is: "all";
                                        };
                                    };
                                };
                            };
                        };
                        readonly help: 'Device nodes, and permission to use them.';
                        readonly effect: '`linux.devices`, and a rule in `linux.resources.devices`';
                        readonly example: readonly [{
                            readonly path: '/dev/kmsg';
                            readonly type: 'c';
                            readonly major: 1;
                            readonly minor: 11;
                            readonly mode: '0600';
                        }];
                        readonly linuxkit: 'A fifo gets a cgroup device rule of an invalid type.';
                    };
                    readonly command: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'The program and its arguments, in place of the entry point and command of the image.';
                        readonly default: 'entry point and command of the image';
                        readonly effect: '`process.args`';
                        readonly example: readonly ["/usr/bin/redis-server", "--save", ""];
                    };
                    readonly env: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Environment variables, `NAME=value`. The list replaces that of the image.';
                        readonly default: 'that of the image';
                        readonly effect: '`process.env`';
                        readonly example: readonly ["PATH=/usr/bin:/bin", "PORT=8080"];
                    };
                    readonly cwd: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Working directory.';
                        readonly default: 'that of the image, or `/`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`process.cwd`';
                        readonly example: '/srv';
                    };
                    readonly net: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: string;
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: network';
                        readonly example: 'new';
                    };
                    readonly ipc: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'IPC namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: ipc';
                        readonly example: 'new';
                    };
                    readonly uts: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: uts';
                        readonly example: 'new';
                    };
                    readonly pid: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'PID namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`new`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: pid';
                        readonly example: 'host';
                    };
                    readonly userns: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'User namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: user';
                        readonly example: 'new';
                    };
                    readonly hostname: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Host name; needs a UTS namespace of its own (`uts: new`).';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`hostname`';
                        readonly example: 'web';
                    };
                    readonly readonly: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Makes the root file system read-only.';
                        readonly default: '`false`';
                        readonly effect: '`root.readonly`; `ro` for the default mounts of /dev and /sys';
                        readonly example: true;
                    };
                    readonly maskedPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are hidden from the container.';
                        readonly effect: '`linux.maskedPaths`';
                        readonly example: readonly ["/proc/kcore"];
                    };
                    readonly readonlyPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are read-only for the container.';
                        readonly effect: '`linux.readonlyPaths`';
                        readonly example: readonly ["/proc/sys"];
                    };
                    readonly uid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: string;
                        readonly default: '0';
                        readonly effect: '`process.user.uid`';
                        readonly example: 'web';
                    };
                    readonly gid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: 'Group id: a number, or the name of an entry.';
                        readonly default: '0';
                        readonly effect: '`process.user.gid`';
                        readonly example: 1000;
                    };
                    readonly additionalGids: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'either';
                                readonly of: readonly [{
                                    readonly kind: 'integer';
                                    readonly min: number;
                                    readonly max: number;
                                }, {
                                    readonly kind: 'string';
                                }];
                            };
                        };
                        readonly help: 'Supplementary groups.';
                        readonly effect: '`process.user.additionalGids`';
                        readonly example: readonly [10, "web"];
                    };
                    readonly noNewPrivileges: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Programs cannot gain privileges, such as by set-user-ID bits.';
                        readonly default: '`false`';
                        readonly effect: '`process.noNewPrivileges`';
                        readonly example: true;
                    };
                    readonly oomScoreAdj: {
                        readonly kind: {
                            readonly kind: 'integer';
                            readonly min: number;
                            readonly max: number;
                        };
                        readonly help: string;
                        readonly effect: '`process.oomScoreAdj`';
                        readonly example: -800;
                    };
                    readonly rootfsPropagation: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Mount propagation of the root file system: `shared`, `slave`, `private`…';
                        readonly effect: '`linux.rootfsPropagation`';
                        readonly example: 'shared';
                    };
                    readonly cgroupsPath: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Path of the cgroup.';
                        readonly default: '`/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`';
                        readonly effect: '`linux.cgroupsPath`';
                        readonly example: '/podruntime/web';
                    };
                    readonly resources: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("blockio" | "cpu" | "devices" | "hugepageLimits" | "memory" | "network" | "pids")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly devices: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("access" | "allow" | "major" | "minor" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly allow: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Whether access is allowed or denied.";
                                                    readonly required: true;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'choice';
                                                        readonly values: readonly ["a", "b", "c"];
                                                    };
                                                    readonly help: "`a`: all, `b`: block, `c`: character.";
                                                    readonly default: "a";
                                                };
                                                readonly major: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Major number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly minor: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Minor number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly access: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                        readonly pattern: RegExp;
                                                        readonly expected: string;
                                                        readonly suggestions: readonly string[];
                                                    };
                                                    readonly help: "`r`: read, `w`: write, `m`: mknod.";
                                                    readonly default: "rwm";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Device access rules.";
                                };
                                readonly memory: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("disableOOMKiller" | "kernel" | "kernelTCP" | "limit" | "reservation" | "swap" | "swappiness")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum memory in bytes; -1 for no limit.";
                                                readonly example: 67108864;
                                            };
                                            readonly reservation: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Soft limit in bytes.";
                                            };
                                            readonly swap: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum of memory and swap together, in bytes.";
                                            };
                                            readonly kernel: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel memory limit (cgroup v1 only).";
                                            };
                                            readonly kernelTCP: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel TCP buffer limit (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly swappiness: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Tendency to swap (cgroup v1 only).";
                                            };
                                            readonly disableOOMKiller: {
                                                readonly kind: {
                                                    readonly kind: 'boolean';
                                                };
                                                readonly help: "Disables the OOM killer (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Memory limits.";
                                };
                                readonly cpu: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cpus" | "mems" | "period" | "quota" | "realtimePeriod" | "realtimeRuntime" | "shares")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly shares: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight; the default of the kernel is 1024.";
                                                readonly example: 512;
                                            };
                                            readonly quota: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time in each period, in microseconds.";
                                                readonly example: 50000;
                                            };
                                            readonly period: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a period, in microseconds.";
                                                readonly example: 100000;
                                            };
                                            readonly realtimeRuntime: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time of real-time tasks in each period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly realtimePeriod: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a real-time period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly cpus: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "CPUs to run on, cpuset(7).";
                                                readonly example: "0-2,5";
                                            };
                                            readonly mems: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Memory nodes to use, cpuset(7).";
                                                readonly example: "0";
                                            };
                                        };
                                    };
                                    readonly help: "CPU limits.";
                                };
                                readonly pids: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly "limit"[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum number of processes and threads.";
                                                readonly required: true;
                                            };
                                        };
                                    };
                                    readonly help: "Limit of processes.";
                                };
                                readonly blockio: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("leafWeight" | "throttleReadBpsDevice" | "throttleReadIOPSDevice" | "throttleWriteBpsDevice" | "throttleWriteIOPSDevice" | "weight" | "weightDevice")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly weight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight, 10 to 1000.";
                                            };
                                            readonly leafWeight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Weight relative to child cgroups.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly weightDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("leafWeight" | "major" | "minor" | "weight")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly weight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Weight for this device.";
                                                            };
                                                            readonly leafWeight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Leaf weight for this device.";
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Weights by device.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Disk I/O limits.";
                                };
                                readonly hugepageLimits: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("limit" | "pageSize")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly pageSize: {
                                                    readonly kind: {
                                                        readonly kind: 'either';
                                                        readonly of: readonly [{
                                                            readonly kind: 'string';
                                                            readonly pattern: RegExp;
                                                            readonly expected: string;
                                                            readonly suggestions: readonly string[];
                                                        }, {
                                                            readonly kind: 'integer';
                                                            readonly min: number;
                                                            readonly max: number;
                                                        }];
                                                    };
                                                    readonly help: "Page size: `2MB`, `1GB`, or a number of bytes.";
                                                    readonly required: true;
                                                };
                                                readonly limit: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Maximum memory in pages of this size, in bytes.";
                                                    readonly required: true;
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Huge page limits.";
                                    readonly linuxkit: "Accepted, but dropped silently.";
                                };
                                readonly network: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("classID" | "priorities")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly classID: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Class id of network packets (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly priorities: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("name" | "priority")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly name: {
                                                                readonly kind: {
                                                                    readonly kind: 'string';
                                                                };
                                                                readonly help: "Name of the interface.";
                                                                readonly required: true;
                                                            };
                                                            readonly priority: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Priority.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Packet priorities by interface (cgroup v1 only).";
                                            };
                                        };
                                    };
                                    readonly help: "Network limits.";
                                };
                            };
                        };
                        readonly help: 'Resource limits.';
                        readonly effect: '`linux.resources`';
                        readonly example: {
                            readonly memory: {
                                readonly limit: 67108864;
                            };
                            readonly pids: {
                                readonly limit: 100;
                            };
                        };
                    };
                    readonly sysctl: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: "Kernel parameters of the container's namespaces, sysctl(8).";
                        readonly effect: '`linux.sysctl`';
                        readonly example: {
                            readonly 'net.ipv4.ip_forward': '1';
                        };
                    };
                    readonly rlimits: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Resource limits of setrlimit(2), `name,soft,hard`.';
                        readonly effect: '`process.rlimits`';
                        readonly example: readonly ["nofile,1024,65536", "core,0,unlimited"];
                        readonly linuxkit: 'The error for an unknown limit does not name it.';
                    };
                    readonly uidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of user ids in the user namespace.';
                        readonly effect: '`linux.uidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly gidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of group ids in the user namespace.';
                        readonly effect: '`linux.gidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly annotations: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Arbitrary metadata for tools.';
                        readonly effect: '`annotations`';
                        readonly example: {
                            readonly 'org.example.owner': 'team-web';
                        };
                    };
                    readonly runtime: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("bindNS" | "cgroups" | "interfaces" | "mkdir" | "mounts" | "namespace")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly cgroups: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Cgroups to create first.";
                                    readonly example: readonly ["/podruntime"];
                                };
                                readonly mounts: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly destination: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Path in the container.";
                                                    readonly default: string;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "File system type; `bind` for a bind mount.";
                                                    readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                                };
                                                readonly source: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                                    readonly default: "the type";
                                                };
                                                readonly options: {
                                                    readonly kind: {
                                                        readonly kind: 'list';
                                                        readonly of: {
                                                            readonly kind: 'string';
                                                        };
                                                    };
                                                    readonly help: "Mount options, as in fstab(5).";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Mounts to make first. A relative destination is below the root file system of the container.";
                                    readonly example: readonly [{
                                        readonly type: "bind";
                                        readonly source: "/var/lib/web";
                                        readonly destination: "data";
                                        readonly options: readonly ["bind"];
                                    }];
                                };
                                readonly mkdir: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Folders to create after these mounts.";
                                    readonly example: readonly ["/var/lib/web"];
                                };
                                readonly interfaces: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("add" | "createInRoot" | "name" | "peer")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly name: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Name of the interface.";
                                                };
                                                readonly add: {
                                                    kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    help: string;
                                                };
                                                readonly peer: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "The other end of a veth pair.";
                                                };
                                                readonly createInRoot: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Creates the interface in the network namespace of the machine, then moves it.";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Network interfaces for the container.";
                                    readonly example: readonly [{
                                        readonly name: "veth0";
                                        readonly add: "veth";
                                        readonly peer: "veth1";
                                    }];
                                };
                                readonly bindNS: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cgroup" | "ipc" | "mnt" | "net" | "pid" | "user" | "uts")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly cgroup: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the cgroup namespace.";
                                            };
                                            readonly ipc: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the IPC namespace.";
                                            };
                                            readonly mnt: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the mount namespace.";
                                            };
                                            readonly net: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the network namespace.";
                                                readonly example: "/run/netns/web";
                                            };
                                            readonly pid: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the PID namespace.";
                                            };
                                            readonly user: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the user namespace.";
                                            };
                                            readonly uts: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the UTS namespace.";
                                            };
                                        };
                                    };
                                    readonly help: "Paths to bind-mount the namespaces of the container to.";
                                    readonly merge: "key by key with that of the label";
                                };
                                readonly namespace: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "containerd namespace of the container.";
                                    readonly default: "`services.linuxkit`";
                                };
                            };
                        };
                        readonly help: 'What init prepares before it starts the container.';
                        readonly merge: 'key by key with that of the label';
                        readonly effect: 'runtime.json';
                        readonly example: {
                            readonly mkdir: readonly ["/var/lib/web"];
                            readonly cgroups: readonly ["/podruntime"];
                        };
                    };
                    readonly name: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Name of the container.';
                        readonly required: true;
                        readonly effect: 'the container id and its folder; a name for its user and group id';
                        readonly example: 'web';
                    };
                    readonly image: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest.';
                        readonly required: true;
                        readonly effect: 'the root file system; defaults for the fields that the manifest leaves unset';
                        readonly example: 'pkg/sshd';
                    };
                };
            };
        };
        readonly help: 'Containers that run one after another, before the services start.';
        readonly merge: "the lists of all manifests are concatenated";
    };
    readonly onshutdown: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("additionalGids" | "after" | "ambient" | "annotations" | "binds" | "binds.add" | "capabilities" | "capabilities.add" | "cgroupsPath" | "command" | "cwd" | "devices" | "env" | "gid" | "gidMappings" | "hostname" | "image" | "ipc" | "maskedPaths" | "mounts" | "name" | "net" | "noNewPrivileges" | "ociRuntime" | "onFailure" | "oomScoreAdj" | "pid" | "readonly" | "readonlyPaths" | "ready" | "resources" | "restart" | "rlimits" | "rootfsPropagation" | "runtime" | "stopSignal" | "stopTimeout" | "sysctl" | "timeout" | "tmpfs" | "uid" | "uidMappings" | "userns" | "uts")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly restart: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["always", "on-failure", "no"];
                        };
                        readonly help: 'Whether the service is restarted when it exits. The pauses between restarts grow.';
                        readonly default: '`always`';
                        readonly example: 'on-failure';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly after: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Services that must be ready first.';
                        readonly example: readonly ["redis"];
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ready: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("exec" | "file" | "http" | "log" | "tcp")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly tcp: {
                                    readonly kind: {
                                        readonly kind: 'integer';
                                        readonly min: number;
                                        readonly max: number;
                                    };
                                    readonly help: "A port of 127.0.0.1 accepts connections, in the network namespace of the service.";
                                    readonly example: 80;
                                };
                                readonly http: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("path" | "port")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly port: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Port of 127.0.0.1, in the network namespace of the service.";
                                                readonly required: true;
                                                readonly example: 8080;
                                            };
                                            readonly path: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                    readonly pattern: RegExp;
                                                    readonly expected: string;
                                                    readonly suggestions: readonly string[];
                                                };
                                                readonly help: "Path of the request.";
                                                readonly default: "`/`";
                                                readonly example: "/health";
                                            };
                                        };
                                    };
                                    readonly help: "An HTTP GET is answered with a status from 200 to 399.";
                                    readonly example: {
                                        readonly port: 8080;
                                        readonly path: "/health";
                                    };
                                };
                                readonly exec: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "A program, run repeatedly in the container, exits with status 0.";
                                    readonly example: readonly ["/usr/bin/redis-cli", "ping"];
                                };
                                readonly log: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "The service logs a line that matches this regular expression.";
                                    readonly example: "listening on port \\d+";
                                };
                                readonly file: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: "The file exists in the machine.";
                                    readonly example: "/run/web.ready";
                                };
                            };
                        };
                        readonly help: 'How to tell that the service is ready. Exactly one key.';
                        readonly default: 'ready as soon as it runs';
                        readonly example: {
                            readonly tcp: 80;
                        };
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopSignal: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Signal that asks the service to stop.';
                        readonly default: '`SIGTERM`';
                        readonly example: 'SIGINT';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopTimeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'How long to wait for the service to stop before it is killed.';
                        readonly default: '`10s`';
                        readonly example: '30s';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly onFailure: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["continue", "halt", "reboot", "shell"];
                        };
                        readonly help: string;
                        readonly default: '`continue`';
                        readonly example: 'halt';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly timeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Time limit of an onboot or onshutdown entry; `0s` for none.';
                        readonly default: '`0s`';
                        readonly example: '1m';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ociRuntime: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["crun", "runc"];
                        };
                        readonly help: 'The OCI runtime that runs the container.';
                        readonly default: '`crun`';
                        readonly example: 'runc';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly capabilities: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities of the container: upper-case names, or the single item `all` or `none`.';
                        readonly default: 'none';
                        readonly effect: string;
                        readonly example: readonly ["CAP_NET_BIND_SERVICE", "CAP_CHOWN"];
                        readonly linuxkit: 'Duplicate names stay duplicates in the effective set.';
                    };
                    readonly 'capabilities.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities in addition to those of the label.';
                        readonly merge: 'added to the `capabilities` of the label; ignored next to `capabilities`, and in a label';
                        readonly effect: 'as `capabilities`';
                        readonly example: readonly ["CAP_SYS_TIME"];
                    };
                    readonly ambient: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Ambient capabilities, which programs that do not run as root keep.';
                        readonly default: 'none';
                        readonly effect: '`process.capabilities`: ambient, bounding, inheritable, permitted';
                        readonly example: readonly ["CAP_NET_RAW"];
                    };
                    readonly mounts: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly destination: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container.";
                                        readonly default: string;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "File system type; `bind` for a bind mount.";
                                        readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                    };
                                    readonly source: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                        readonly default: "the type";
                                    };
                                    readonly options: {
                                        readonly kind: {
                                            readonly kind: 'list';
                                            readonly of: {
                                                readonly kind: 'string';
                                            };
                                        };
                                        readonly help: "Mount options, as in fstab(5).";
                                    };
                                };
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`, sorted by destination';
                        readonly example: readonly [{
                            readonly type: 'bind';
                            readonly source: 'data';
                            readonly destination: '/data';
                            readonly options: readonly ["rw"];
                        }];
                        readonly linuxkit: 'The source of a bind mount of a volume stays the bare name of the volume.';
                    };
                    readonly binds: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/run:/run", "data:/data:ro"];
                        readonly linuxkit: 'An explicit `rbind` appears twice.';
                    };
                    readonly 'binds.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Bind mounts in addition to those of the label.';
                        readonly merge: 'added to the `binds` of the label; ignored next to `binds`, and in a label';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/etc/ssl:/etc/ssl:ro"];
                    };
                    readonly tmpfs: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'tmpfs mounts, `destination[:options]`.';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/tmp:size=64m,mode=1777"];
                    };
                    readonly devices: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("major" | "minor" | "mode" | "path" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly path: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container; `all` adds a cgroup rule without a device node.";
                                        readonly required: true;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'choice';
                                            readonly values: readonly ["a", "b", "c", "u", "p"];
                                        };
                                        readonly help: "`a`: all, `b`: block, `c` and `u`: character, `p`: fifo.";
                                        readonly required: true;
                                    };
                                    readonly major: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Major number.";
                                        readonly default: "0";
                                    };
                                    readonly minor: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Minor number.";
                                        readonly default: "0";
                                    };
                                    readonly mode: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                        readonly help: "Mode bits in octal.";
                                        readonly requiredUnless: {
                                            readonly key: "path";
                                            readonly is: "all";
                                        };
                                    };
                                };
                            };
                        };
                        readonly help: 'Device nodes, and permission to use them.';
                        readonly effect: '`linux.devices`, and a rule in `linux.resources.devices`';
                        readonly example: readonly [{
                            readonly path: '/dev/kmsg';
                            readonly type: 'c';
                            readonly major: 1;
                            readonly minor: 11;
                            readonly mode: '0600';
                        }];
                        readonly linuxkit: 'A fifo gets a cgroup device rule of an invalid type.';
                    };
                    readonly command: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'The program and its arguments, in place of the entry point and command of the image.';
                        readonly default: 'entry point and command of the image';
                        readonly effect: '`process.args`';
                        readonly example: readonly ["/usr/bin/redis-server", "--save", ""];
                    };
                    readonly env: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Environment variables, `NAME=value`. The list replaces that of the image.';
                        readonly default: 'that of the image';
                        readonly effect: '`process.env`';
                        readonly example: readonly ["PATH=/usr/bin:/bin", "PORT=8080"];
                    };
                    readonly cwd: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Working directory.';
                        readonly default: 'that of the image, or `/`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`process.cwd`';
                        readonly example: '/srv';
                    };
                    readonly net: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: string;
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: network';
                        readonly example: 'new';
                    };
                    readonly ipc: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'IPC namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: ipc';
                        readonly example: 'new';
                    };
                    readonly uts: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: uts';
                        readonly example: 'new';
                    };
                    readonly pid: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'PID namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`new`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: pid';
                        readonly example: 'host';
                    };
                    readonly userns: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'User namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: user';
                        readonly example: 'new';
                    };
                    readonly hostname: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Host name; needs a UTS namespace of its own (`uts: new`).';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`hostname`';
                        readonly example: 'web';
                    };
                    readonly readonly: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Makes the root file system read-only.';
                        readonly default: '`false`';
                        readonly effect: '`root.readonly`; `ro` for the default mounts of /dev and /sys';
                        readonly example: true;
                    };
                    readonly maskedPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are hidden from the container.';
                        readonly effect: '`linux.maskedPaths`';
                        readonly example: readonly ["/proc/kcore"];
                    };
                    readonly readonlyPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are read-only for the container.';
                        readonly effect: '`linux.readonlyPaths`';
                        readonly example: readonly ["/proc/sys"];
                    };
                    readonly uid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: string;
                        readonly default: '0';
                        readonly effect: '`process.user.uid`';
                        readonly example: 'web';
                    };
                    readonly gid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: 'Group id: a number, or the name of an entry.';
                        readonly default: '0';
                        readonly effect: '`process.user.gid`';
                        readonly example: 1000;
                    };
                    readonly additionalGids: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'either';
                                readonly of: readonly [{
                                    readonly kind: 'integer';
                                    readonly min: number;
                                    readonly max: number;
                                }, {
                                    readonly kind: 'string';
                                }];
                            };
                        };
                        readonly help: 'Supplementary groups.';
                        readonly effect: '`process.user.additionalGids`';
                        readonly example: readonly [10, "web"];
                    };
                    readonly noNewPrivileges: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Programs cannot gain privileges, such as by set-user-ID bits.';
                        readonly default: '`false`';
                        readonly effect: '`process.noNewPrivileges`';
                        readonly example: true;
                    };
                    readonly oomScoreAdj: {
                        readonly kind: {
                            readonly kind: 'integer';
                            readonly min: number;
                            readonly max: number;
                        };
                        readonly help: string;
                        readonly effect: '`process.oomScoreAdj`';
                        readonly example: -800;
                    };
                    readonly rootfsPropagation: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Mount propagation of the root file system: `shared`, `slave`, `private`…';
                        readonly effect: '`linux.rootfsPropagation`';
                        readonly example: 'shared';
                    };
                    readonly cgroupsPath: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Path of the cgroup.';
                        readonly default: '`/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`';
                        readonly effect: '`linux.cgroupsPath`';
                        readonly example: '/podruntime/web';
                    };
                    readonly resources: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("blockio" | "cpu" | "devices" | "hugepageLimits" | "memory" | "network" | "pids")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly devices: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("access" | "allow" | "major" | "minor" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly allow: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Whether access is allowed or denied.";
                                                    readonly required: true;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'choice';
                                                        readonly values: readonly ["a", "b", "c"];
                                                    };
                                                    readonly help: "`a`: all, `b`: block, `c`: character.";
                                                    readonly default: "a";
                                                };
                                                readonly major: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Major number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly minor: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Minor number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly access: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                        readonly pattern: RegExp;
                                                        readonly expected: string;
                                                        readonly suggestions: readonly string[];
                                                    };
                                                    readonly help: "`r`: read, `w`: write, `m`: mknod.";
                                                    readonly default: "rwm";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Device access rules.";
                                };
                                readonly memory: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("disableOOMKiller" | "kernel" | "kernelTCP" | "limit" | "reservation" | "swap" | "swappiness")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum memory in bytes; -1 for no limit.";
                                                readonly example: 67108864;
                                            };
                                            readonly reservation: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Soft limit in bytes.";
                                            };
                                            readonly swap: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum of memory and swap together, in bytes.";
                                            };
                                            readonly kernel: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel memory limit (cgroup v1 only).";
                                            };
                                            readonly kernelTCP: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel TCP buffer limit (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly swappiness: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Tendency to swap (cgroup v1 only).";
                                            };
                                            readonly disableOOMKiller: {
                                                readonly kind: {
                                                    readonly kind: 'boolean';
                                                };
                                                readonly help: "Disables the OOM killer (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Memory limits.";
                                };
                                readonly cpu: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cpus" | "mems" | "period" | "quota" | "realtimePeriod" | "realtimeRuntime" | "shares")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly shares: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight; the default of the kernel is 1024.";
                                                readonly example: 512;
                                            };
                                            readonly quota: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time in each period, in microseconds.";
                                                readonly example: 50000;
                                            };
                                            readonly period: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a period, in microseconds.";
                                                readonly example: 100000;
                                            };
                                            readonly realtimeRuntime: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time of real-time tasks in each period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly realtimePeriod: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a real-time period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly cpus: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "CPUs to run on, cpuset(7).";
                                                readonly example: "0-2,5";
                                            };
                                            readonly mems: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Memory nodes to use, cpuset(7).";
                                                readonly example: "0";
                                            };
                                        };
                                    };
                                    readonly help: "CPU limits.";
                                };
                                readonly pids: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly "limit"[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum number of processes and threads.";
                                                readonly required: true;
                                            };
                                        };
                                    };
                                    readonly help: "Limit of processes.";
                                };
                                readonly blockio: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("leafWeight" | "throttleReadBpsDevice" | "throttleReadIOPSDevice" | "throttleWriteBpsDevice" | "throttleWriteIOPSDevice" | "weight" | "weightDevice")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly weight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight, 10 to 1000.";
                                            };
                                            readonly leafWeight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Weight relative to child cgroups.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly weightDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("leafWeight" | "major" | "minor" | "weight")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly weight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Weight for this device.";
                                                            };
                                                            readonly leafWeight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Leaf weight for this device.";
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Weights by device.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Disk I/O limits.";
                                };
                                readonly hugepageLimits: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("limit" | "pageSize")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly pageSize: {
                                                    readonly kind: {
                                                        readonly kind: 'either';
                                                        readonly of: readonly [{
                                                            readonly kind: 'string';
                                                            readonly pattern: RegExp;
                                                            readonly expected: string;
                                                            readonly suggestions: readonly string[];
                                                        }, {
                                                            readonly kind: 'integer';
                                                            readonly min: number;
                                                            readonly max: number;
                                                        }];
                                                    };
                                                    readonly help: "Page size: `2MB`, `1GB`, or a number of bytes.";
                                                    readonly required: true;
                                                };
                                                readonly limit: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Maximum memory in pages of this size, in bytes.";
                                                    readonly required: true;
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Huge page limits.";
                                    readonly linuxkit: "Accepted, but dropped silently.";
                                };
                                readonly network: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("classID" | "priorities")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly classID: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Class id of network packets (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly priorities: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("name" | "priority")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly name: {
                                                                readonly kind: {
                                                                    readonly kind: 'string';
                                                                };
                                                                readonly help: "Name of the interface.";
                                                                readonly required: true;
                                                            };
                                                            readonly priority: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Priority.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Packet priorities by interface (cgroup v1 only).";
                                            };
                                        };
                                    };
                                    readonly help: "Network limits.";
                                };
                            };
                        };
                        readonly help: 'Resource limits.';
                        readonly effect: '`linux.resources`';
                        readonly example: {
                            readonly memory: {
                                readonly limit: 67108864;
                            };
                            readonly pids: {
                                readonly limit: 100;
                            };
                        };
                    };
                    readonly sysctl: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: "Kernel parameters of the container's namespaces, sysctl(8).";
                        readonly effect: '`linux.sysctl`';
                        readonly example: {
                            readonly 'net.ipv4.ip_forward': '1';
                        };
                    };
                    readonly rlimits: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Resource limits of setrlimit(2), `name,soft,hard`.';
                        readonly effect: '`process.rlimits`';
                        readonly example: readonly ["nofile,1024,65536", "core,0,unlimited"];
                        readonly linuxkit: 'The error for an unknown limit does not name it.';
                    };
                    readonly uidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of user ids in the user namespace.';
                        readonly effect: '`linux.uidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly gidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of group ids in the user namespace.';
                        readonly effect: '`linux.gidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly annotations: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Arbitrary metadata for tools.';
                        readonly effect: '`annotations`';
                        readonly example: {
                            readonly 'org.example.owner': 'team-web';
                        };
                    };
                    readonly runtime: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("bindNS" | "cgroups" | "interfaces" | "mkdir" | "mounts" | "namespace")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly cgroups: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Cgroups to create first.";
                                    readonly example: readonly ["/podruntime"];
                                };
                                readonly mounts: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly destination: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Path in the container.";
                                                    readonly default: string;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "File system type; `bind` for a bind mount.";
                                                    readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                                };
                                                readonly source: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                                    readonly default: "the type";
                                                };
                                                readonly options: {
                                                    readonly kind: {
                                                        readonly kind: 'list';
                                                        readonly of: {
                                                            readonly kind: 'string';
                                                        };
                                                    };
                                                    readonly help: "Mount options, as in fstab(5).";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Mounts to make first. A relative destination is below the root file system of the container.";
                                    readonly example: readonly [{
                                        readonly type: "bind";
                                        readonly source: "/var/lib/web";
                                        readonly destination: "data";
                                        readonly options: readonly ["bind"];
                                    }];
                                };
                                readonly mkdir: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Folders to create after these mounts.";
                                    readonly example: readonly ["/var/lib/web"];
                                };
                                readonly interfaces: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("add" | "createInRoot" | "name" | "peer")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly name: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Name of the interface.";
                                                };
                                                readonly add: {
                                                    kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    help: string;
                                                };
                                                readonly peer: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "The other end of a veth pair.";
                                                };
                                                readonly createInRoot: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Creates the interface in the network namespace of the machine, then moves it.";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Network interfaces for the container.";
                                    readonly example: readonly [{
                                        readonly name: "veth0";
                                        readonly add: "veth";
                                        readonly peer: "veth1";
                                    }];
                                };
                                readonly bindNS: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cgroup" | "ipc" | "mnt" | "net" | "pid" | "user" | "uts")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly cgroup: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the cgroup namespace.";
                                            };
                                            readonly ipc: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the IPC namespace.";
                                            };
                                            readonly mnt: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the mount namespace.";
                                            };
                                            readonly net: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the network namespace.";
                                                readonly example: "/run/netns/web";
                                            };
                                            readonly pid: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the PID namespace.";
                                            };
                                            readonly user: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the user namespace.";
                                            };
                                            readonly uts: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the UTS namespace.";
                                            };
                                        };
                                    };
                                    readonly help: "Paths to bind-mount the namespaces of the container to.";
                                    readonly merge: "key by key with that of the label";
                                };
                                readonly namespace: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "containerd namespace of the container.";
                                    readonly default: "`services.linuxkit`";
                                };
                            };
                        };
                        readonly help: 'What init prepares before it starts the container.';
                        readonly merge: 'key by key with that of the label';
                        readonly effect: 'runtime.json';
                        readonly example: {
                            readonly mkdir: readonly ["/var/lib/web"];
                            readonly cgroups: readonly ["/podruntime"];
                        };
                    };
                    readonly name: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Name of the container.';
                        readonly required: true;
                        readonly effect: 'the container id and its folder; a name for its user and group id';
                        readonly example: 'web';
                    };
                    readonly image: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest.';
                        readonly required: true;
                        readonly effect: 'the root file system; defaults for the fields that the manifest leaves unset';
                        readonly example: 'pkg/sshd';
                    };
                };
            };
        };
        readonly help: 'Containers that run one after another when the machine shuts down.';
        readonly merge: "the lists of all manifests are concatenated";
    };
    readonly services: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("additionalGids" | "after" | "ambient" | "annotations" | "binds" | "binds.add" | "capabilities" | "capabilities.add" | "cgroupsPath" | "command" | "cwd" | "devices" | "env" | "gid" | "gidMappings" | "hostname" | "image" | "ipc" | "maskedPaths" | "mounts" | "name" | "net" | "noNewPrivileges" | "ociRuntime" | "onFailure" | "oomScoreAdj" | "pid" | "readonly" | "readonlyPaths" | "ready" | "resources" | "restart" | "rlimits" | "rootfsPropagation" | "runtime" | "stopSignal" | "stopTimeout" | "sysctl" | "timeout" | "tmpfs" | "uid" | "uidMappings" | "userns" | "uts")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly restart: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["always", "on-failure", "no"];
                        };
                        readonly help: 'Whether the service is restarted when it exits. The pauses between restarts grow.';
                        readonly default: '`always`';
                        readonly example: 'on-failure';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly after: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Services that must be ready first.';
                        readonly example: readonly ["redis"];
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ready: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("exec" | "file" | "http" | "log" | "tcp")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly tcp: {
                                    readonly kind: {
                                        readonly kind: 'integer';
                                        readonly min: number;
                                        readonly max: number;
                                    };
                                    readonly help: "A port of 127.0.0.1 accepts connections, in the network namespace of the service.";
                                    readonly example: 80;
                                };
                                readonly http: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("path" | "port")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly port: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Port of 127.0.0.1, in the network namespace of the service.";
                                                readonly required: true;
                                                readonly example: 8080;
                                            };
                                            readonly path: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                    readonly pattern: RegExp;
                                                    readonly expected: string;
                                                    readonly suggestions: readonly string[];
                                                };
                                                readonly help: "Path of the request.";
                                                readonly default: "`/`";
                                                readonly example: "/health";
                                            };
                                        };
                                    };
                                    readonly help: "An HTTP GET is answered with a status from 200 to 399.";
                                    readonly example: {
                                        readonly port: 8080;
                                        readonly path: "/health";
                                    };
                                };
                                readonly exec: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "A program, run repeatedly in the container, exits with status 0.";
                                    readonly example: readonly ["/usr/bin/redis-cli", "ping"];
                                };
                                readonly log: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "The service logs a line that matches this regular expression.";
                                    readonly example: "listening on port \\d+";
                                };
                                readonly file: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: "The file exists in the machine.";
                                    readonly example: "/run/web.ready";
                                };
                            };
                        };
                        readonly help: 'How to tell that the service is ready. Exactly one key.';
                        readonly default: 'ready as soon as it runs';
                        readonly example: {
                            readonly tcp: 80;
                        };
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopSignal: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Signal that asks the service to stop.';
                        readonly default: '`SIGTERM`';
                        readonly example: 'SIGINT';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly stopTimeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'How long to wait for the service to stop before it is killed.';
                        readonly default: '`10s`';
                        readonly example: '30s';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly onFailure: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["continue", "halt", "reboot", "shell"];
                        };
                        readonly help: string;
                        readonly default: '`continue`';
                        readonly example: 'halt';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly timeout: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Time limit of an onboot or onshutdown entry; `0s` for none.';
                        readonly default: '`0s`';
                        readonly example: '1m';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly ociRuntime: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["crun", "runc"];
                        };
                        readonly help: 'The OCI runtime that runs the container.';
                        readonly default: '`crun`';
                        readonly example: 'runc';
                        readonly linuxkit: "Not supported.";
                    };
                    readonly capabilities: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities of the container: upper-case names, or the single item `all` or `none`.';
                        readonly default: 'none';
                        readonly effect: string;
                        readonly example: readonly ["CAP_NET_BIND_SERVICE", "CAP_CHOWN"];
                        readonly linuxkit: 'Duplicate names stay duplicates in the effective set.';
                    };
                    readonly 'capabilities.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Capabilities in addition to those of the label.';
                        readonly merge: 'added to the `capabilities` of the label; ignored next to `capabilities`, and in a label';
                        readonly effect: 'as `capabilities`';
                        readonly example: readonly ["CAP_SYS_TIME"];
                    };
                    readonly ambient: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Ambient capabilities, which programs that do not run as root keep.';
                        readonly default: 'none';
                        readonly effect: '`process.capabilities`: ambient, bounding, inheritable, permitted';
                        readonly example: readonly ["CAP_NET_RAW"];
                    };
                    readonly mounts: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly destination: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container.";
                                        readonly default: string;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "File system type; `bind` for a bind mount.";
                                        readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                    };
                                    readonly source: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                        readonly default: "the type";
                                    };
                                    readonly options: {
                                        readonly kind: {
                                            readonly kind: 'list';
                                            readonly of: {
                                                readonly kind: 'string';
                                            };
                                        };
                                        readonly help: "Mount options, as in fstab(5).";
                                    };
                                };
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`, sorted by destination';
                        readonly example: readonly [{
                            readonly type: 'bind';
                            readonly source: 'data';
                            readonly destination: '/data';
                            readonly options: readonly ["rw"];
                        }];
                        readonly linuxkit: 'The source of a bind mount of a volume stays the bare name of the volume.';
                    };
                    readonly binds: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: string;
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/run:/run", "data:/data:ro"];
                        readonly linuxkit: 'An explicit `rbind` appears twice.';
                    };
                    readonly 'binds.add': {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Bind mounts in addition to those of the label.';
                        readonly merge: 'added to the `binds` of the label; ignored next to `binds`, and in a label';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/etc/ssl:/etc/ssl:ro"];
                    };
                    readonly tmpfs: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'tmpfs mounts, `destination[:options]`.';
                        readonly effect: '`mounts`';
                        readonly example: readonly ["/tmp:size=64m,mode=1777"];
                    };
                    readonly devices: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("major" | "minor" | "mode" | "path" | "type")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly path: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                        };
                                        readonly help: "Path in the container; `all` adds a cgroup rule without a device node.";
                                        readonly required: true;
                                    };
                                    readonly type: {
                                        readonly kind: {
                                            readonly kind: 'choice';
                                            readonly values: readonly ["a", "b", "c", "u", "p"];
                                        };
                                        readonly help: "`a`: all, `b`: block, `c` and `u`: character, `p`: fifo.";
                                        readonly required: true;
                                    };
                                    readonly major: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Major number.";
                                        readonly default: "0";
                                    };
                                    readonly minor: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Minor number.";
                                        readonly default: "0";
                                    };
                                    readonly mode: {
                                        readonly kind: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                        readonly help: "Mode bits in octal.";
                                        readonly requiredUnless: {
                                            readonly key: "path";
                                            readonly is: "all";
                                        };
                                    };
                                };
                            };
                        };
                        readonly help: 'Device nodes, and permission to use them.';
                        readonly effect: '`linux.devices`, and a rule in `linux.resources.devices`';
                        readonly example: readonly [{
                            readonly path: '/dev/kmsg';
                            readonly type: 'c';
                            readonly major: 1;
                            readonly minor: 11;
                            readonly mode: '0600';
                        }];
                        readonly linuxkit: 'A fifo gets a cgroup device rule of an invalid type.';
                    };
                    readonly command: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'The program and its arguments, in place of the entry point and command of the image.';
                        readonly default: 'entry point and command of the image';
                        readonly effect: '`process.args`';
                        readonly example: readonly ["/usr/bin/redis-server", "--save", ""];
                    };
                    readonly env: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Environment variables, `NAME=value`. The list replaces that of the image.';
                        readonly default: 'that of the image';
                        readonly effect: '`process.env`';
                        readonly example: readonly ["PATH=/usr/bin:/bin", "PORT=8080"];
                    };
                    readonly cwd: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Working directory.';
                        readonly default: 'that of the image, or `/`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`process.cwd`';
                        readonly example: '/srv';
                    };
                    readonly net: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: string;
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: network';
                        readonly example: 'new';
                    };
                    readonly ipc: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'IPC namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: ipc';
                        readonly example: 'new';
                    };
                    readonly uts: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: uts';
                        readonly example: 'new';
                    };
                    readonly pid: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'PID namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`new`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: pid';
                        readonly example: 'host';
                    };
                    readonly userns: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'User namespace: `host` or `root`, `new`, or a path, as for `net`.';
                        readonly default: '`root`';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`linux.namespaces`: user';
                        readonly example: 'new';
                    };
                    readonly hostname: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Host name; needs a UTS namespace of its own (`uts: new`).';
                        readonly merge: "the empty string counts as unset";
                        readonly effect: '`hostname`';
                        readonly example: 'web';
                    };
                    readonly readonly: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Makes the root file system read-only.';
                        readonly default: '`false`';
                        readonly effect: '`root.readonly`; `ro` for the default mounts of /dev and /sys';
                        readonly example: true;
                    };
                    readonly maskedPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are hidden from the container.';
                        readonly effect: '`linux.maskedPaths`';
                        readonly example: readonly ["/proc/kcore"];
                    };
                    readonly readonlyPaths: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Paths that are read-only for the container.';
                        readonly effect: '`linux.readonlyPaths`';
                        readonly example: readonly ["/proc/sys"];
                    };
                    readonly uid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: string;
                        readonly default: '0';
                        readonly effect: '`process.user.uid`';
                        readonly example: 'web';
                    };
                    readonly gid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: 'Group id: a number, or the name of an entry.';
                        readonly default: '0';
                        readonly effect: '`process.user.gid`';
                        readonly example: 1000;
                    };
                    readonly additionalGids: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'either';
                                readonly of: readonly [{
                                    readonly kind: 'integer';
                                    readonly min: number;
                                    readonly max: number;
                                }, {
                                    readonly kind: 'string';
                                }];
                            };
                        };
                        readonly help: 'Supplementary groups.';
                        readonly effect: '`process.user.additionalGids`';
                        readonly example: readonly [10, "web"];
                    };
                    readonly noNewPrivileges: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Programs cannot gain privileges, such as by set-user-ID bits.';
                        readonly default: '`false`';
                        readonly effect: '`process.noNewPrivileges`';
                        readonly example: true;
                    };
                    readonly oomScoreAdj: {
                        readonly kind: {
                            readonly kind: 'integer';
                            readonly min: number;
                            readonly max: number;
                        };
                        readonly help: string;
                        readonly effect: '`process.oomScoreAdj`';
                        readonly example: -800;
                    };
                    readonly rootfsPropagation: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Mount propagation of the root file system: `shared`, `slave`, `private`…';
                        readonly effect: '`linux.rootfsPropagation`';
                        readonly example: 'shared';
                    };
                    readonly cgroupsPath: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'Path of the cgroup.';
                        readonly default: '`/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`';
                        readonly effect: '`linux.cgroupsPath`';
                        readonly example: '/podruntime/web';
                    };
                    readonly resources: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("blockio" | "cpu" | "devices" | "hugepageLimits" | "memory" | "network" | "pids")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly devices: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("access" | "allow" | "major" | "minor" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly allow: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Whether access is allowed or denied.";
                                                    readonly required: true;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'choice';
                                                        readonly values: readonly ["a", "b", "c"];
                                                    };
                                                    readonly help: "`a`: all, `b`: block, `c`: character.";
                                                    readonly default: "a";
                                                };
                                                readonly major: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Major number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly minor: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Minor number; -1 for all.";
                                                    readonly default: "all";
                                                };
                                                readonly access: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                        readonly pattern: RegExp;
                                                        readonly expected: string;
                                                        readonly suggestions: readonly string[];
                                                    };
                                                    readonly help: "`r`: read, `w`: write, `m`: mknod.";
                                                    readonly default: "rwm";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Device access rules.";
                                };
                                readonly memory: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("disableOOMKiller" | "kernel" | "kernelTCP" | "limit" | "reservation" | "swap" | "swappiness")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum memory in bytes; -1 for no limit.";
                                                readonly example: 67108864;
                                            };
                                            readonly reservation: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Soft limit in bytes.";
                                            };
                                            readonly swap: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum of memory and swap together, in bytes.";
                                            };
                                            readonly kernel: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel memory limit (cgroup v1 only).";
                                            };
                                            readonly kernelTCP: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Kernel TCP buffer limit (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly swappiness: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Tendency to swap (cgroup v1 only).";
                                            };
                                            readonly disableOOMKiller: {
                                                readonly kind: {
                                                    readonly kind: 'boolean';
                                                };
                                                readonly help: "Disables the OOM killer (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Memory limits.";
                                };
                                readonly cpu: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cpus" | "mems" | "period" | "quota" | "realtimePeriod" | "realtimeRuntime" | "shares")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly shares: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight; the default of the kernel is 1024.";
                                                readonly example: 512;
                                            };
                                            readonly quota: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time in each period, in microseconds.";
                                                readonly example: 50000;
                                            };
                                            readonly period: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a period, in microseconds.";
                                                readonly example: 100000;
                                            };
                                            readonly realtimeRuntime: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "CPU time of real-time tasks in each period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly realtimePeriod: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Length of a real-time period, in microseconds.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly cpus: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "CPUs to run on, cpuset(7).";
                                                readonly example: "0-2,5";
                                            };
                                            readonly mems: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Memory nodes to use, cpuset(7).";
                                                readonly example: "0";
                                            };
                                        };
                                    };
                                    readonly help: "CPU limits.";
                                };
                                readonly pids: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly "limit"[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly limit: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Maximum number of processes and threads.";
                                                readonly required: true;
                                            };
                                        };
                                    };
                                    readonly help: "Limit of processes.";
                                };
                                readonly blockio: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("leafWeight" | "throttleReadBpsDevice" | "throttleReadIOPSDevice" | "throttleWriteBpsDevice" | "throttleWriteIOPSDevice" | "weight" | "weightDevice")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly weight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Relative weight, 10 to 1000.";
                                            };
                                            readonly leafWeight: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Weight relative to child cgroups.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly weightDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("leafWeight" | "major" | "minor" | "weight")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly weight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Weight for this device.";
                                                            };
                                                            readonly leafWeight: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Leaf weight for this device.";
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Weights by device.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteBpsDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in bytes per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleReadIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Read limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly throttleWriteIOPSDevice: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("major" | "minor" | "rate")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly major: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Major number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly minor: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: 'Minor number of the device.';
                                                                readonly required: true;
                                                            };
                                                            readonly rate: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Bytes or operations per second.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Write limit in operations per second.";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                        };
                                    };
                                    readonly help: "Disk I/O limits.";
                                };
                                readonly hugepageLimits: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("limit" | "pageSize")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly pageSize: {
                                                    readonly kind: {
                                                        readonly kind: 'either';
                                                        readonly of: readonly [{
                                                            readonly kind: 'string';
                                                            readonly pattern: RegExp;
                                                            readonly expected: string;
                                                            readonly suggestions: readonly string[];
                                                        }, {
                                                            readonly kind: 'integer';
                                                            readonly min: number;
                                                            readonly max: number;
                                                        }];
                                                    };
                                                    readonly help: "Page size: `2MB`, `1GB`, or a number of bytes.";
                                                    readonly required: true;
                                                };
                                                readonly limit: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Maximum memory in pages of this size, in bytes.";
                                                    readonly required: true;
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Huge page limits.";
                                    readonly linuxkit: "Accepted, but dropped silently.";
                                };
                                readonly network: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("classID" | "priorities")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly classID: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "Class id of network packets (cgroup v1 only).";
                                                readonly linuxkit: "Accepted, but dropped silently.";
                                            };
                                            readonly priorities: {
                                                readonly kind: {
                                                    readonly kind: 'list';
                                                    readonly of: {
                                                        readonly exactlyOneOf?: readonly ("name" | "priority")[];
                                                        readonly kind: 'record';
                                                        readonly fields: {
                                                            readonly name: {
                                                                readonly kind: {
                                                                    readonly kind: 'string';
                                                                };
                                                                readonly help: "Name of the interface.";
                                                                readonly required: true;
                                                            };
                                                            readonly priority: {
                                                                readonly kind: {
                                                                    readonly kind: 'integer';
                                                                    readonly min: number;
                                                                    readonly max: number;
                                                                };
                                                                readonly help: "Priority.";
                                                                readonly required: true;
                                                            };
                                                        };
                                                    };
                                                };
                                                readonly help: "Packet priorities by interface (cgroup v1 only).";
                                            };
                                        };
                                    };
                                    readonly help: "Network limits.";
                                };
                            };
                        };
                        readonly help: 'Resource limits.';
                        readonly effect: '`linux.resources`';
                        readonly example: {
                            readonly memory: {
                                readonly limit: 67108864;
                            };
                            readonly pids: {
                                readonly limit: 100;
                            };
                        };
                    };
                    readonly sysctl: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: "Kernel parameters of the container's namespaces, sysctl(8).";
                        readonly effect: '`linux.sysctl`';
                        readonly example: {
                            readonly 'net.ipv4.ip_forward': '1';
                        };
                    };
                    readonly rlimits: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Resource limits of setrlimit(2), `name,soft,hard`.';
                        readonly effect: '`process.rlimits`';
                        readonly example: readonly ["nofile,1024,65536", "core,0,unlimited"];
                        readonly linuxkit: 'The error for an unknown limit does not name it.';
                    };
                    readonly uidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of user ids in the user namespace.';
                        readonly effect: '`linux.uidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly gidMappings: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly exactlyOneOf?: readonly ("containerID" | "hostID" | "size")[];
                                readonly kind: 'record';
                                readonly fields: {
                                    readonly hostID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id on the machine.";
                                        readonly required: true;
                                    };
                                    readonly containerID: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "First id in the container.";
                                        readonly required: true;
                                    };
                                    readonly size: {
                                        readonly kind: {
                                            readonly kind: 'integer';
                                            readonly min: number;
                                            readonly max: number;
                                        };
                                        readonly help: "Number of ids.";
                                        readonly required: true;
                                    };
                                };
                            };
                        };
                        readonly help: 'Mapping of group ids in the user namespace.';
                        readonly effect: '`linux.gidMappings`';
                        readonly example: readonly [{
                            readonly hostID: 100000;
                            readonly containerID: 0;
                            readonly size: 65536;
                        }];
                        readonly linuxkit: 'Both ids become 0.';
                    };
                    readonly annotations: {
                        readonly kind: {
                            readonly kind: 'map';
                            readonly of: {
                                readonly kind: 'string';
                            };
                        };
                        readonly help: 'Arbitrary metadata for tools.';
                        readonly effect: '`annotations`';
                        readonly example: {
                            readonly 'org.example.owner': 'team-web';
                        };
                    };
                    readonly runtime: {
                        readonly kind: {
                            readonly exactlyOneOf?: readonly ("bindNS" | "cgroups" | "interfaces" | "mkdir" | "mounts" | "namespace")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly cgroups: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Cgroups to create first.";
                                    readonly example: readonly ["/podruntime"];
                                };
                                readonly mounts: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("destination" | "options" | "source" | "type")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly destination: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Path in the container.";
                                                    readonly default: string;
                                                };
                                                readonly type: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "File system type; `bind` for a bind mount.";
                                                    readonly default: "the source if it names one of these types; tmpfs for `/dev`";
                                                };
                                                readonly source: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "What to mount: a device, a path in the machine, or the name of a volume.";
                                                    readonly default: "the type";
                                                };
                                                readonly options: {
                                                    readonly kind: {
                                                        readonly kind: 'list';
                                                        readonly of: {
                                                            readonly kind: 'string';
                                                        };
                                                    };
                                                    readonly help: "Mount options, as in fstab(5).";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Mounts to make first. A relative destination is below the root file system of the container.";
                                    readonly example: readonly [{
                                        readonly type: "bind";
                                        readonly source: "/var/lib/web";
                                        readonly destination: "data";
                                        readonly options: readonly ["bind"];
                                    }];
                                };
                                readonly mkdir: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                        };
                                    };
                                    readonly help: "Folders to create after these mounts.";
                                    readonly example: readonly ["/var/lib/web"];
                                };
                                readonly interfaces: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("add" | "createInRoot" | "name" | "peer")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly name: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "Name of the interface.";
                                                };
                                                readonly add: {
                                                    kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    help: string;
                                                };
                                                readonly peer: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                    };
                                                    readonly help: "The other end of a veth pair.";
                                                };
                                                readonly createInRoot: {
                                                    readonly kind: {
                                                        readonly kind: 'boolean';
                                                    };
                                                    readonly help: "Creates the interface in the network namespace of the machine, then moves it.";
                                                };
                                            };
                                        };
                                    };
                                    readonly help: "Network interfaces for the container.";
                                    readonly example: readonly [{
                                        readonly name: "veth0";
                                        readonly add: "veth";
                                        readonly peer: "veth1";
                                    }];
                                };
                                readonly bindNS: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("cgroup" | "ipc" | "mnt" | "net" | "pid" | "user" | "uts")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly cgroup: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the cgroup namespace.";
                                            };
                                            readonly ipc: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the IPC namespace.";
                                            };
                                            readonly mnt: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the mount namespace.";
                                            };
                                            readonly net: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the network namespace.";
                                                readonly example: "/run/netns/web";
                                            };
                                            readonly pid: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the PID namespace.";
                                            };
                                            readonly user: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the user namespace.";
                                            };
                                            readonly uts: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                };
                                                readonly help: "Path for the UTS namespace.";
                                            };
                                        };
                                    };
                                    readonly help: "Paths to bind-mount the namespaces of the container to.";
                                    readonly merge: "key by key with that of the label";
                                };
                                readonly namespace: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                    };
                                    readonly help: "containerd namespace of the container.";
                                    readonly default: "`services.linuxkit`";
                                };
                            };
                        };
                        readonly help: 'What init prepares before it starts the container.';
                        readonly merge: 'key by key with that of the label';
                        readonly effect: 'runtime.json';
                        readonly example: {
                            readonly mkdir: readonly ["/var/lib/web"];
                            readonly cgroups: readonly ["/podruntime"];
                        };
                    };
                    readonly name: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Name of the container.';
                        readonly required: true;
                        readonly effect: 'the container id and its folder; a name for its user and group id';
                        readonly example: 'web';
                    };
                    readonly image: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest.';
                        readonly required: true;
                        readonly effect: 'the root file system; defaults for the fields that the manifest leaves unset';
                        readonly example: 'pkg/sshd';
                    };
                };
            };
        };
        readonly help: 'Containers that run for as long as the machine does. Names must be unique.';
        readonly merge: "the lists of all manifests are concatenated";
    };
    readonly files: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("contents" | "directory" | "gid" | "metadata" | "mode" | "optional" | "path" | "source" | "symlink" | "uid")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly path: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Path in the root file system of the machine.';
                        readonly required: true;
                        readonly example: 'etc/motd';
                    };
                    readonly directory: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Creates a folder.';
                        readonly default: '`false`';
                        readonly example: true;
                    };
                    readonly symlink: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Creates a symbolic link with this target.';
                        readonly example: '/proc/mounts';
                    };
                    readonly contents: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: 'The contents of the file.';
                        readonly example: 'Welcome\n';
                    };
                    readonly source: {
                        readonly kind: {
                            readonly kind: 'string';
                        };
                        readonly help: string;
                        readonly example: '~/.ssh/id_ed25519.pub';
                        readonly linuxkit: string;
                    };
                    readonly metadata: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["yaml", "json"];
                        };
                        readonly help: 'Writes the merged manifest, in this format.';
                        readonly example: 'yaml';
                        readonly linuxkit: 'Its YAML has nested keys in lower case, which LinuxKit itself does not accept.';
                    };
                    readonly optional: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Skips the file if `source` does not exist.';
                        readonly default: '`false`';
                        readonly example: true;
                    };
                    readonly mode: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Mode bits in octal, in quotes.';
                        readonly default: '`"0600"`; folders `"0700"`';
                        readonly example: '0644';
                    };
                    readonly uid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: 'User id of the owner: a number, or the name of an entry.';
                        readonly default: '0';
                        readonly example: 'web';
                    };
                    readonly gid: {
                        readonly kind: {
                            readonly kind: 'either';
                            readonly of: readonly [{
                                readonly kind: 'integer';
                                readonly min: number;
                                readonly max: number;
                            }, {
                                readonly kind: 'string';
                            }];
                        };
                        readonly help: 'Group id: a number, or the name of an entry.';
                        readonly default: '0';
                        readonly example: 'web';
                    };
                };
            };
        };
        readonly help: 'Files added to the root file system, over those of the images.';
        readonly merge: "the lists of all manifests are concatenated";
        readonly linuxkit: 'Parent folders take the mode and owner of the file, even if an init image has them.';
    };
    readonly volumes: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly exactlyOneOf?: readonly ("format" | "image" | "name" | "platforms" | "readonly")[];
                readonly kind: 'record';
                readonly fields: {
                    readonly name: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Name of the volume in `binds` and `mounts`.';
                        readonly required: true;
                        readonly example: 'data';
                        readonly linuxkit: 'Binds only find the volumes of the last manifest.';
                    };
                    readonly image: {
                        readonly kind: {
                            readonly kind: 'string';
                            readonly pattern: RegExp;
                            readonly expected: string;
                            readonly suggestions: readonly string[];
                        };
                        readonly help: 'Image with the initial contents.';
                        readonly default: 'an empty volume';
                        readonly example: './seed';
                    };
                    readonly readonly: {
                        readonly kind: {
                            readonly kind: 'boolean';
                        };
                        readonly help: 'Makes the volume read-only. Binds of it need the option `ro`.';
                        readonly default: '`false`';
                        readonly example: true;
                        readonly linuxkit: 'The volume is writable anyway.';
                    };
                    readonly format: {
                        readonly kind: {
                            readonly kind: 'choice';
                            readonly values: readonly ["filesystem", "oci"];
                        };
                        readonly help: 'Whether the volume holds the files of the image, or the image itself as an OCI layout.';
                        readonly default: '`filesystem`';
                        readonly example: 'oci';
                    };
                    readonly platforms: {
                        readonly kind: {
                            readonly kind: 'list';
                            readonly of: {
                                readonly kind: 'string';
                                readonly pattern: RegExp;
                                readonly expected: string;
                                readonly suggestions: readonly string[];
                            };
                        };
                        readonly help: 'Platforms of the image in the OCI layout.';
                        readonly default: 'all';
                        readonly example: readonly ["linux/amd64", "linux/arm64"];
                        readonly linuxkit: 'The index still lists the platforms that were left out.';
                    };
                };
            };
        };
        readonly help: 'Folders that containers share. Names must be unique.';
        readonly merge: "the lists of all manifests are concatenated";
    };
    readonly network: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("dns" | "interfaces")[];
            readonly kind: 'record';
            readonly fields: {
                readonly interfaces: {
                    readonly kind: {
                        readonly kind: 'list';
                        readonly of: {
                            readonly exactlyOneOf?: readonly ("addresses" | "dhcp" | "gateway" | "mac" | "mtu" | "name" | "routes" | "vlan")[];
                            readonly kind: 'record';
                            readonly fields: {
                                readonly name: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: 'Name of the interface.';
                                    readonly example: 'eth0';
                                };
                                readonly mac: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: 'Selects the interface by its MAC address instead of its name.';
                                    readonly example: '52:54:00:12:34:56';
                                };
                                readonly addresses: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly kind: 'string';
                                            readonly pattern: RegExp;
                                            readonly expected: string;
                                            readonly suggestions: readonly string[];
                                        };
                                    };
                                    readonly help: 'IPv4 and IPv6 addresses, each with its prefix length.';
                                    readonly example: readonly ["10.0.2.20/24", "fd00::20/64"];
                                };
                                readonly gateway: {
                                    readonly kind: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                    readonly help: 'Gateway of the default route. That of the other address family goes into `routes`.';
                                    readonly example: '10.0.2.2';
                                };
                                readonly routes: {
                                    readonly kind: {
                                        readonly kind: 'list';
                                        readonly of: {
                                            readonly exactlyOneOf?: readonly ("metric" | "to" | "via")[];
                                            readonly kind: 'record';
                                            readonly fields: {
                                                readonly to: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                        readonly pattern: RegExp;
                                                        readonly expected: string;
                                                        readonly suggestions: readonly string[];
                                                    };
                                                    readonly help: "Destination: a network, or `default`.";
                                                    readonly required: true;
                                                    readonly example: "10.1.0.0/16";
                                                };
                                                readonly via: {
                                                    readonly kind: {
                                                        readonly kind: 'string';
                                                        readonly pattern: RegExp;
                                                        readonly expected: string;
                                                        readonly suggestions: readonly string[];
                                                    };
                                                    readonly help: "The gateway.";
                                                    readonly default: "none: the destination is on the link";
                                                    readonly example: "10.0.2.3";
                                                };
                                                readonly metric: {
                                                    readonly kind: {
                                                        readonly kind: 'integer';
                                                        readonly min: number;
                                                        readonly max: number;
                                                    };
                                                    readonly help: "Priority among routes to the same destination; the lowest wins.";
                                                    readonly default: "`0`";
                                                    readonly example: 50;
                                                };
                                            };
                                        };
                                    };
                                    readonly help: 'Further routes.';
                                    readonly example: readonly [{
                                        readonly to: '10.1.0.0/16';
                                        readonly via: '10.0.2.3';
                                    }];
                                };
                                readonly dhcp: {
                                    readonly kind: {
                                        readonly kind: 'boolean';
                                    };
                                    readonly help: string;
                                    readonly default: '`false`';
                                    readonly example: true;
                                };
                                readonly mtu: {
                                    readonly kind: {
                                        readonly kind: 'integer';
                                        readonly min: number;
                                        readonly max: number;
                                    };
                                    readonly help: 'Maximum transmission unit in bytes.';
                                    readonly default: 'that of the driver';
                                    readonly example: 9000;
                                };
                                readonly vlan: {
                                    readonly kind: {
                                        readonly exactlyOneOf?: readonly ("id" | "link")[];
                                        readonly kind: 'record';
                                        readonly fields: {
                                            readonly id: {
                                                readonly kind: {
                                                    readonly kind: 'integer';
                                                    readonly min: number;
                                                    readonly max: number;
                                                };
                                                readonly help: "VLAN id.";
                                                readonly required: true;
                                                readonly example: 7;
                                            };
                                            readonly link: {
                                                readonly kind: {
                                                    readonly kind: 'string';
                                                    readonly pattern: RegExp;
                                                    readonly expected: string;
                                                    readonly suggestions: readonly string[];
                                                };
                                                readonly help: "The interface that carries the VLAN.";
                                                readonly required: true;
                                                readonly example: "eth0";
                                            };
                                        };
                                    };
                                    readonly help: 'Creates the interface `name` as a VLAN on another interface.';
                                    readonly example: {
                                        readonly id: 7;
                                        readonly link: 'eth0';
                                    };
                                };
                            };
                        };
                    };
                    readonly help: 'Interfaces with static addresses, in the order in which they are set up.';
                    readonly merge: 'the lists of all manifests are concatenated';
                    readonly linuxkit: "Not supported.";
                };
                readonly dns: {
                    readonly kind: {
                        readonly exactlyOneOf?: readonly ("search" | "servers")[];
                        readonly kind: 'record';
                        readonly fields: {
                            readonly servers: {
                                readonly kind: {
                                    readonly kind: 'list';
                                    readonly of: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                };
                                readonly help: "Name servers, which take precedence over those from DHCP.";
                                readonly example: readonly ["10.0.2.3"];
                            };
                            readonly search: {
                                readonly kind: {
                                    readonly kind: 'list';
                                    readonly of: {
                                        readonly kind: 'string';
                                        readonly pattern: RegExp;
                                        readonly expected: string;
                                        readonly suggestions: readonly string[];
                                    };
                                };
                                readonly help: "Search domains for names without a dot.";
                                readonly example: readonly ["example.org"];
                            };
                        };
                    };
                    readonly help: 'Name resolution.';
                    readonly merge: 'the lists of all manifests are concatenated';
                    readonly linuxkit: "Not supported.";
                };
            };
        };
        readonly help: string;
    };
    readonly control: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("ca" | "certificate" | "crl" | "key" | "listen")[];
            readonly kind: 'record';
            readonly fields: {
                readonly listen: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'Address and TCP port to listen on; `:PORT` for all addresses.';
                    readonly required: true;
                    readonly example: ':4911';
                    readonly linuxkit: "Not supported.";
                };
                readonly ca: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: string;
                    readonly default: '`/run/config/control/ca.pem`';
                    readonly example: '/etc/control/ca.pem';
                    readonly linuxkit: "Not supported.";
                };
                readonly certificate: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'PEM file in the machine with its certificate, followed by intermediate certificates.';
                    readonly default: '`/run/config/control/cert.pem`';
                    readonly example: '/etc/control/cert.pem';
                    readonly linuxkit: "Not supported.";
                };
                readonly key: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'PEM file in the machine with its private key.';
                    readonly default: '`/run/config/control/key.pem`';
                    readonly example: '/var/control/key.pem';
                    readonly linuxkit: "Not supported.";
                };
                readonly crl: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'PEM file in the machine with certificate revocation lists.';
                    readonly default: 'none';
                    readonly example: '/run/config/control/crl.pem';
                    readonly linuxkit: "Not supported.";
                };
            };
        };
        readonly help: string;
        readonly merge: 'the last manifest that has the key wins';
    };
    readonly budgets: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("image" | "memory")[];
            readonly kind: 'record';
            readonly fields: {
                readonly image: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: string;
                    readonly example: '90M';
                    readonly linuxkit: "Not supported.";
                };
                readonly memory: {
                    readonly kind: {
                        readonly kind: 'string';
                        readonly pattern: RegExp;
                        readonly expected: string;
                        readonly suggestions: readonly string[];
                    };
                    readonly help: 'Maximum memory that the machine needs to boot with its root file system in memory.';
                    readonly example: '384M';
                    readonly linuxkit: "Not supported.";
                };
            };
        };
        readonly help: 'Limits of size and memory. A build that exceeds one fails and lists the largest parts.';
        readonly merge: 'key by key; the last value wins';
    };
    readonly trust: {
        readonly kind: {
            readonly exactlyOneOf?: readonly ("image" | "org")[];
            readonly kind: 'record';
            readonly fields: {
                readonly image: {
                    readonly kind: {
                        readonly kind: 'list';
                        readonly of: {
                            readonly kind: 'string';
                        };
                    };
                    readonly help: 'Ignored.';
                };
                readonly org: {
                    readonly kind: {
                        readonly kind: 'list';
                        readonly of: {
                            readonly kind: 'string';
                        };
                    };
                    readonly help: 'Ignored.';
                };
            };
        };
        readonly help: 'Accepted for compatibility with LinuxKit, and ignored.';
    };
};
export { budgetFields } from './fields/budgets.ts';
export { controlFields } from './fields/control.ts';
export { entryDefaults, entryFields } from './fields/entry.ts';
export { fileFields } from './fields/file.ts';
export { kernelFields } from './fields/kernel.ts';
export { networkFields } from './fields/network.ts';
export { volumeFields } from './fields/volume.ts';
