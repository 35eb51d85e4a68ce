import * as fs from 'node:fs';

/**
 * The system calls on log files. A parameter, so that tests can make each of them fail or end the program.
 */
export type LogDisk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'ftruncateSync'
  | 'openSync'
  | 'readSync'
  | 'renameSync'
  | 'statSync'
  | 'writeSync'
>;

export const realDisk: LogDisk = fs;
