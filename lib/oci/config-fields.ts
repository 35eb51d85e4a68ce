/** A field of an image's configuration, and what kit does with it. */
export interface ConfigField {
  /**
   * obeyed: it sets a key of entries that the manifest and the label leave unset. hint: `kit explain`
   * tells it. ignored: it has no meaning for a service. missed: it asks for something that kit does not do,
   * so it is named.
   */
  readonly use: 'obeyed' | 'hint' | 'ignored' | 'missed';
  /** What becomes of it, or why nothing does. */
  readonly how: string;
}

/**
 * The fields of `config`: those of the OCI image specification 1.1 (config.md, "Properties") and Docker's own
 * (moby's `api/types/container.Config`, `HealthConfig`). The table of docs/image-config.md; the reader is
 * image-config.ts, which reads exactly the obeyed ones and the hints.
 */
export const runFields = {
  User: {
    use: 'obeyed',
    how:
      '`uid`, `gid`, `additionalGids`: a name or number, alone or with `:group`, by the passwd and group files of the image, as ' +
      "Docker finds them. A name that is not there is an error. Root gets no groups but its own, unlike Docker's.",
  },
  Env: {
    use: 'obeyed',
    how: "`env`. Without PATH it gets Docker's default one. What is not `NAME=value` is left out and named.",
  },
  Entrypoint: {
    use: 'obeyed',
    how: '`command`: its words, then those of `Cmd`. `[""]` is none. A single string with spaces is run by the shell.',
  },
  Cmd: {
    use: 'obeyed',
    how: '`command`, after `Entrypoint`. With neither, and no `command:`, the build stops.',
  },
  WorkingDir: { use: 'obeyed', how: '`cwd`; a relative one is below `/`.' },
  Labels: {
    use: 'obeyed',
    how: "`org.mobyproject.config` and `io.kit.config` are fields of entries, kit's other ones choose layouts; all others are ignored.",
  },
  StopSignal: {
    use: 'obeyed',
    how: '`stopSignal`: `SIGQUIT`, `quit`, `3`, `SIGRTMIN+3`. A signal that does not exist is an error.',
  },
  StopTimeout: {
    use: 'obeyed',
    how: '`stopTimeout`, in seconds. A negative one, for "never kill", is named.',
  },
  Healthcheck: {
    use: 'obeyed',
    how:
      '`ready` of services, unless it says `NONE`: `CMD` as it is, `CMD-SHELL` by the shell of the image. Interval, Timeout and Retries ' +
      'count once the service is ready; 0 is the default, 30 s, 30 s, 3. Until then kit asks every second, whatever StartPeriod and ' +
      'StartInterval say: a failure during the start has no consequence.',
  },
  Shell: {
    use: 'obeyed',
    how: 'the words before those of `CMD-SHELL`, and before a command that is a single string; else `/bin/sh -c`.',
  },
  Volumes: {
    use: 'obeyed',
    how:
      'writable with a read-only root, too: a tmpfs with the files of the image there, up to 64 MiB, unless the manifest mounts ' +
      'something at the path or above it. `kit explain` names them. What is written is lost when the service starts again, as all that is written to its root: bind a ' +
      'volume or a disk to keep it.',
  },
  ExposedPorts: {
    use: 'hint',
    how: '`kit explain` says how to publish them. None is opened.',
  },
  OnBuild: { use: 'ignored', how: 'for Dockerfiles that build upon the image' },
  ArgsEscaped: { use: 'ignored', how: 'of Windows' },
  Image: { use: 'ignored', how: 'what the image was built from' },
  Hostname: { use: 'ignored', how: 'of the container that built the image; `hostname:` sets one' },
  Domainname: { use: 'ignored', how: 'of the container that built the image' },
  AttachStdin: { use: 'ignored', how: 'of the client that started the container' },
  AttachStdout: { use: 'ignored', how: 'of the client that started the container' },
  AttachStderr: { use: 'ignored', how: 'of the client that started the container' },
  StdinOnce: { use: 'ignored', how: 'of the client that started the container' },
  Tty: { use: 'missed', how: 'a service has no terminal' },
  OpenStdin: { use: 'missed', how: 'a service has no input' },
  NetworkDisabled: { use: 'missed', how: '`net: new` is a network without interfaces' },
  MacAddress: { use: 'missed', how: 'a service has no interface of its own' },
  Memory: {
    use: 'missed',
    how: 'reserved by the specification, and ignored by Docker: `resources: {memory: …}`',
  },
  MemorySwap: { use: 'missed', how: 'the same' },
  CpuShares: { use: 'missed', how: 'the same: `resources: {cpu: …}`' },
} as const satisfies Readonly<Record<string, ConfigField>>;

/** The other fields of the document. */
export const documentFields = {
  architecture: {
    use: 'obeyed',
    how: 'must be that of the machine; `x86_64` and `aarch64` count as amd64 and arm64',
  },
  os: { use: 'obeyed', how: 'must be `linux`, or missing' },
  rootfs: { use: 'obeyed', how: 'the digests of the unpacked layers, which are verified' },
  variant: { use: 'ignored', how: 'the variant of an index counts' },
  'os.version': { use: 'ignored', how: 'of Windows' },
  'os.features': { use: 'ignored', how: 'of Windows' },
  created: { use: 'ignored', how: "kit's outputs have no times" },
  author: { use: 'ignored', how: 'who made the image' },
  history: { use: 'ignored', how: 'how the image was made' },
  container: { use: 'ignored', how: 'how the image was made' },
  container_config: { use: 'ignored', how: 'how the image was made' },
  docker_version: { use: 'ignored', how: 'how the image was made' },
} as const satisfies Readonly<Record<string, ConfigField>>;

/** The fields of `config` that kit reads. */
export type ReadField = {
  [K in keyof typeof runFields]: (typeof runFields)[K]['use'] extends 'obeyed' | 'hint' ? K : never;
}[keyof typeof runFields];
