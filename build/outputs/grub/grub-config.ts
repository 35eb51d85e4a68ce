import { KitError } from '../../../lib/errors/errors.ts';
import { refuseLongCommandLine } from '../../image/plan/command-line.ts';

export interface GrubFiles {
  /** Paths on the medium: `/kernel`. */
  readonly kernel: string;
  /** Several are concatenated; absent for a kernel without one. */
  readonly initrd?: readonly string[];
}

/** A grub.cfg that starts the kernel at once. An error stays on screen and serial line for half a minute. */
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

/** Between single quotes every character but the quote is literal (GRUB manual, "Quoting"). */
const quoted = (word: string): string =>
  /^[\w/.=,:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The words of a command line, as the kernel splits it (lib/cmdline.c, next_arg): at spaces outside double
 * quotes. GRUB puts words with spaces into double quotes, which mean the same to the kernel. It puts a
 * backslash before other quotes and backslashes, which would change the word: such words are refused.
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
