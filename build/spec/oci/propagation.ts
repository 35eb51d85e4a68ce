/** As in runtime-spec; runc and crun take the recursive forms as well. */
export const propagations: readonly string[] = ['shared', 'slave', 'private', 'unbindable'];

/** Whether an option of a mount is about propagation: `rslave`. */
export const isPropagation = (word: string): boolean => propagations.includes(word.replace(/^r/, ''));
