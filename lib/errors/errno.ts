import { getSystemErrorMap } from 'node:util';

/**
 * The text of an error number of Node's, which is negative: `no such file or directory`. Node 22 has a
 * function for it, Node 20 has not, and what people import from kit runs on their own Node.
 */
export const errnoText = (errno: number): string =>
  getSystemErrorMap().get(errno)?.[1] ?? `system error ${errno}`;
