/** How Node runs the supervisor, whose bundle lies at `main`. */
export const supervisorCommand = (main: string): readonly string[] => [
  process.execPath,
  // Whoever sends it gets no port of Node's inspector.
  '--disable-sigusr1',
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
  // MiB. What it allocates is short-lived and little; the default keeps up to 16 of it around.
  '--max-semi-space-size=1',
  // Of what lives: what piles up beside it before V8 clears up; four times as much is its way.
  '--heap-growing-percent=50',
  // Once, when all is up: lib/linux/process/own-memory.ts.
  '--expose-gc',
  // It speaks no TLS, which HTTP/2 brings along all the same: without this Node reads 140 certificates, 15 ms of CPU.
  '--use-openssl-ca',
  main,
];
