import type { StepContext } from '../steps.ts';
import type { Sysctl } from './sysctl-table.ts';

/** A line of a file in /etc/sysctl.d. */
export interface SysctlLine extends Required<Pick<Sysctl, 'path' | 'value'>> {
  readonly file: string;
  /** `-name = value`: a failure is not reported. */
  readonly quiet: boolean;
}

const folder = '/etc/sysctl.d';

/**
 * The settings of the image's own files (sysctl.d(5)), in the order of their names; a later one wins. Globs
 * are not supported: such a line is passed on and fails, since no setting has the name.
 */
export function readSysctlFiles({ system: { files } }: Pick<StepContext, 'system'>): SysctlLine[] {
  return files
    .list(folder)
    .filter((name) => name.endsWith('.conf'))
    .flatMap((name) => parseSysctls(files.read(`${folder}/${name}`) ?? '', `${folder}/${name}`));
}

/** `net.ipv4.ip_forward = 1`; a name that has a slash before its first dot is a path, where dots are dots. */
export function parseSysctls(text: string, file: string): SysctlLine[] {
  return text.split('\n').flatMap((line) => {
    const [, dash, name = '', value = ''] = /^\s*(-?)\s*([^\s#;=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === '' || name.split(/[./]/).includes('')) return [];
    const path = /^[^.]*\//.test(name) ? name : name.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
    return path.split('/').includes('..') ? [] : [{ path, value, file, quiet: dash === '-' }];
  });
}
