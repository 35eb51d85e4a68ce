/** What a container adds to a machine's folder. */
export const containerFiles = {
  /** What the launcher and its helpers wrote to standard output and standard error. */
  log: 'container.log',
  /** An empty folder; the launcher mounts the root file system below it, in a mount namespace of its own. */
  root: 'root',
} as const;
