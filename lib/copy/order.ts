/** The argument, as JSON, with which the supervisor starts the program of services/copy. */
export type CopyOrder =
  | { readonly kind: 'send'; readonly path: string; readonly follow: boolean }
  | { readonly kind: 'receive'; readonly path: string; readonly archive: boolean };

/**
 * The descriptors it inherits. `root`: the folder it chroots to. `archive`: a stream socket for the archive.
 */
export const copyDescriptors = { root: 3, archive: 4 } as const;
