import { parseSysctls, type SettingLine } from '../../lib/kernel-settings/setting-lines.ts';
import type { StepContext } from '../steps.ts';

const folder = '/etc/sysctl.d';

/**
 * The settings of the image's own files (sysctl.d(5)), in the order of their names; a later one wins. A line
 * that is none is passed over.
 */
export function readSysctlFiles({
  system: { files },
}: Pick<StepContext, 'system'>): (SettingLine & { readonly file: string })[] {
  return files
    .list(folder)
    .filter((name) => name.endsWith('.conf'))
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      return parseSysctls(files.read(file) ?? '', file).settings.map((line) => ({ ...line, file }));
    });
}
