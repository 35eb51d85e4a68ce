import * as fs from 'node:fs';

/** What is done to the disk; a parameter, so that a test can end the program, or fill the disk, at any of these calls. */
export type Disk = Pick<
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

export const realDisk: Disk = fs;
