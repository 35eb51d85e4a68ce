import { KitError } from '../errors/errors.ts';

/** A line of a file with settings of the kernel. */
export interface SettingLine {
  /** Below /proc/sys or /sys: `net/ipv4/ip_forward` */
  readonly path: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
  /** `-name = value`: a failure is not reported. */
  readonly quiet: boolean;
}

export interface SettingLines {
  readonly settings: readonly SettingLine[];
  /** One for each line that is no setting, with its place. */
  readonly problems: readonly KitError[];
}

/**
 * Reads sysctl.d(5): `net.ipv4.ip_forward = 1`. A name that has a slash before its first dot is a path, where
 * dots are dots. Globs are not supported: no setting has such a name.
 */
export const parseSysctls = (text: string, file: string): SettingLines =>
  parseLines(text, file, (name) =>
    /^[^.]*\//.test(name) ? name : name.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.')),
  );

/** Reads files of LinuxKit's sysfs package: `kernel/mm/transparent_hugepage/enabled = madvise`. */
export const parseSysfs = (text: string, file: string): SettingLines =>
  parseLines(text, file, (name) => name.replace(/^\/+/, ''));

function parseLines(text: string, file: string, pathOf: (name: string) => string): SettingLines {
  const settings: SettingLine[] = [];
  const problems: KitError[] = [];
  for (const [at, whole] of text.split('\n').entries()) {
    const words = whole.trim();
    if (/^(?:[#;]|$)/.test(words)) continue;
    const line = at + 1;
    const refuse = (reason: string): void => {
      const place = { file, line, column: 1 + whole.length - whole.trimStart().length, text: whole };
      problems.push(new KitError(`Cannot read the setting: ${reason}`, { place }));
    };
    const end = words.indexOf('=');
    const quiet = words.startsWith('-');
    const name = words.slice(quiet ? 1 : 0, Math.max(end, 0)).trim();
    const path = pathOf(name);
    if (end === -1) refuse('it is not NAME = VALUE');
    else if (isBelow(path)) settings.push({ path, value: words.slice(end + 1).trim(), line, quiet });
    else refuse(`${JSON.stringify(name)} is no name of a setting`);
  }
  return { settings, problems };
}

/** Whether a path, put behind that of a folder, leads to something below it. */
const isBelow = (path: string): boolean =>
  !/[\0-\x1f\x7f]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));
