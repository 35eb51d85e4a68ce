import { KitError } from '../../../lib/errors/errors.ts';
import { refuseLongCommandLine } from '../../image/plan/command-line.ts';

export interface GrubFiles {
  /** Paths on the medium: `/kernel`. */
  readonly kernel: string;
  /** Several are read one after another; absent for a kernel that needs none. */
  readonly initrd?: readonly string[];
}

/** A grub.cfg that starts the kernel at once. What fails stays on the screen and the serial line for half a minute. */
export function grubConfig({ kernel, initrd = [] }: GrubFiles, cmdline: string): string {
  refuseLongCommandLine(cmdline);
  const load = ['linux', kernel, ...kernelWords(cmdline)].map(quoted).join(' ');
  const steps = initrd.length > 0 ? [load, ['initrd', ...initrd].map(quoted).join(' ')] : [load];
  return `# Made by kit.
${steps.map((step) => `if ${step}; then`).join('\n')}
boot
${steps.map(() => 'fi').join('\n')}
echo "Cannot start this image: GRUB says why above. It tries again in 30 seconds; a key gives a prompt."
if sleep --interruptible 30; then reboot; fi
`;
}

/** GRUB's script takes everything between single quotes as it is, but for the quote itself (GRUB manual, "Quoting"). */
const quoted = (word: string): string =>
  /^[\w/.=,:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The words of a command line, as the kernel splits it (lib/cmdline.c, next_arg): at spaces outside double quotes.
 * GRUB puts a word that holds a space into double quotes itself, which the kernel takes for the same; it would put a
 * backslash before every other quote and backslash, so there may be none.
 */
function kernelWords(cmdline: string): string[] {
  const words = cmdline.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return words.map((word) => {
    if (!/['\\]/.test(word)) return word.replaceAll('"', '');
    throw new KitError(`Cannot start a kernel with "${word}" from GRUB: it changes quotes and backslashes`, {
      hint: 'raw-efi, qcow2-efi and uki hand over the command line as it is',
    });
  });
}
