/** What the supervisor orders of the program that copies (services/copy): its one argument, as JSON. */
export type CopyOrder =
  | { readonly kind: 'send'; readonly path: string; readonly follow: boolean }
  | { readonly kind: 'receive'; readonly path: string; readonly archive: boolean };

/** Descriptors that it is given: the root it may see, a folder; and a stream socket for the archive, both ways. */
export const copyDescriptors = { root: 3, archive: 4 } as const;
