import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { Machine } from '../steps.ts';

/** Nobody is to look into the machine: `kit build --production`. */
export const isForProduction = ({ kernel }: Pick<Machine, 'kernel'>): boolean =>
  kernel.files.has(guestPaths.production);

/** Below /proc/sys (Documentation/admin-guide/sysctl); a kernel may lack some. */
const settings: readonly (readonly [path: string, value: string])[] = [
  // A keyboard or a break on the serial line reaches no function of the kernel's: Ctrl-Alt-Del still ends in order.
  ['kernel/sysrq', '0'],
  // Nobody attaches to a process or reads its memory, root neither, and none of this can be taken back.
  ['kernel/yama/ptrace_scope', '3'],
  ['kernel/kexec_load_disabled', '1'],
  // The kernel's log needs CAP_SYSLOG, and addresses in it say nothing.
  ['kernel/dmesg_restrict', '1'],
  ['kernel/kptr_restrict', '2'],
  ['fs/suid_dumpable', '0'],
];

/** Closes what the kernel offers to people who look into processes, where the image is for production. */
export function closeForProduction(machine: Machine): string | undefined {
  const { kernel } = machine;
  if (!isForProduction(machine)) return undefined;
  // What is in a program's memory does not end up in a file.
  kernel.setLimit('CORE', 0);
  const open = kernel.ownsMachine() ? settings.filter((setting) => !set(setting, machine)) : [];
  return ['for production', ...open.map(([path]) => `${path} stays as it is`)].join(', ');
}

/** False: the kernel refuses, which keeps the others from nothing. */
function set([path, value]: (typeof settings)[number], { kernel: { files } }: Machine): boolean {
  const file = `/proc/sys/${path}`;
  if (!files.has(file)) return true;
  try {
    files.write(file, value);
    return true;
  } catch {
    return false;
  }
}
