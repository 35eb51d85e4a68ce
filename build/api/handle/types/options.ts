/** How a machine is built and run. What is left out is as `kit run` has it. */
export interface MachineOptions {
  /** qemu: a virtual machine. container: init in namespaces of this host, within seconds. Default: qemu. */
  readonly backend?: 'qemu' | 'container';
  /** Default: that of the image with a random ending, so that any number of tests run at once. */
  readonly name?: string;
  readonly arch?: 'amd64' | 'arm64';
  readonly cpus?: number;
  /** MiB, or a size such as `512M` and `2G`. */
  readonly memory?: number | string;
  /** `[ADDRESS:]HOST:GUEST[/tcp|udp]`, as for `kit run --publish`; see also `TestMachine.forward`. */
  readonly publish?: readonly string[];
  /**
   * `[PATH,]size=1G[,format=qcow2][,serial=kit-data]`, as for `kit run --disk`. Without a path the disk ends
   * with the machine.
   */
  readonly disks?: readonly string[];
  /** `FOLDER:TAG[,ro]`, as for `kit run --share`: folders of this host, for volumes with `share: TAG`. */
  readonly shares?: readonly string[];
  /** User-data, as text; an object is passed as JSON. pkg/metadata writes it to /run/config. */
  readonly metadata?: string | object;
  /** A file with it. */
  readonly metadataFile?: string;
  readonly networking?: string;
  readonly accel?: 'auto' | 'kvm' | 'tcg';
  /** The format in which a manifest is built, a row of docs/formats.md. Default: kernel+initrd. */
  readonly format?: string;
  /** The firmware, where the image allows a choice. */
  readonly firmware?: 'uefi' | 'bios';
  /** Whether it has a TPM 2.0. */
  readonly tpm?: boolean;
  /** A folder in which disks without a path, the TPM and UEFI variables outlive the machine. */
  readonly state?: string;
  /** Refuse to change a lock file. */
  readonly locked?: boolean;
  /** Relative paths start here. Default: the current folder. */
  readonly cwd?: string;
  /** Variables of kit, such as KIT_CACHE, over those of this process; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * ready: boot until all services are ready, and fail if one is not. started: return as soon as the machine
   * runs, for tests of machines that fail. Default: ready.
   */
  readonly wait?: 'ready' | 'started';
  /** `wait: 'ready'` accepts onboot containers and services that have failed for good. */
  readonly allowFailed?: boolean;
  /** How long the services may take to be ready, once the image is built. Default: 300 000. */
  readonly timeoutMs?: number;
  /** Aborting it stops the building and booting; it has no effect on a machine that runs. */
  readonly signal?: AbortSignal;
  /** Gets a line for each step of the work: `Convert layer 3f2a… (1.2 s)`. */
  readonly onProgress?: (line: string) => void;
}
