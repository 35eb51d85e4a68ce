/** The files that a container adds to a machine's folder. */
export const containerFiles = {
  /** Standard output and standard error of the launcher and its helpers. */
  log: 'container.log',
  /** An empty folder; the launcher mounts the root file system below it, in a mount namespace of its own. */
  root: 'root',
} as const;
