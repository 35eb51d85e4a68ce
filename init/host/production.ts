import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { StepContext } from '../steps.ts';

/** Whether the image was built with --production, which gives no access to the inside of its services. */
export const isForProduction = ({ system }: Pick<StepContext, 'system'>): boolean =>
  system.files.has(guestPaths.production);

/** Below /proc/sys (Documentation/admin-guide/sysctl); a kernel may lack some. */
const settings: readonly (readonly [path: string, value: string])[] = [
  // No kernel function by keyboard or by a break on the serial line. Ctrl-Alt-Del still shuts down in order.
  ['kernel/sysrq', '0'],
  // No process can attach to another or read its memory, not even root. This one and the next cannot be
  // undone.
  ['kernel/yama/ptrace_scope', '3'],
  ['kernel/kexec_load_disabled', '1'],
  // Reading the kernel's log requires CAP_SYSLOG, and it shows no addresses.
  ['kernel/dmesg_restrict', '1'],
  ['kernel/kptr_restrict', '2'],
  ['fs/suid_dumpable', '0'],
];

/** In an image for production, disables the kernel's means of inspecting processes. */
export function hardenForProduction(context: StepContext): string | undefined {
  const { system } = context;
  if (!isForProduction(context)) return undefined;
  // No core dumps: they would write the memory of a program to a file.
  system.setLimit('CORE', 0);
  const refused = system.ownsMachine() ? settings.filter((setting) => !apply(setting, context)) : [];
  return ['for production', ...refused.map(([path]) => `${path} could not be set`)].join(', ');
}

/** False: the kernel refuses the setting. The other settings are still applied. */
function apply([path, value]: (typeof settings)[number], { system: { files } }: StepContext): boolean {
  const file = `/proc/sys/${path}`;
  if (!files.has(file)) return true;
  try {
    files.write(file, value);
    return true;
  } catch {
    return false;
  }
}
