/** The command line of the supervisor. `main`: the path of its bundle. */
export const supervisorCommand = (main: string): readonly string[] => [
  process.execPath,
  // Otherwise SIGUSR1 would open a port for Node's inspector.
  '--disable-sigusr1',
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
  // MiB. Few of its allocations are long-lived; the default keeps semi-spaces of up to 16 MiB.
  '--max-semi-space-size=1',
  // It uses no TLS, but HTTP/2 loads it: without this flag Node parses 140 certificates, 15 ms of CPU.
  '--use-openssl-ca',
  main,
];
