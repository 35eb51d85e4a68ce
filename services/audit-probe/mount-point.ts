/** A mount point that every container has, and that no other attack needs. */
export const mountPoint = '/dev/pts';
