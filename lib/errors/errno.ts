import { getSystemErrorMap } from 'node:util';

/**
 * The text of an error number of Node's, which is negative: `no such file or directory`. As
 * `util.getSystemErrorMessage`, which Node 20 does not have: what people import from kit runs on theirs.
 */
export const errnoText = (errno: number): string =>
  getSystemErrorMap().get(errno)?.[1] ?? `system error ${errno}`;
