import { kernelWords } from '../../../lib/cmdline/kernel-words.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Manifest } from '../../manifest/types.ts';

const debuggerOfKernel = 'gives the console a debugger of the kernel';
const otherProgram = 'names a program that runs instead of kit';

/**
 * Parameters of the kernel's command line that open the console to more than the machine's services
 * (Documentation/admin-guide/kernel-parameters.txt).
 */
const consoleOpeners: Readonly<Record<string, string>> = {
  'kit.shell': 'asks for a shell on the console',
  rdinit: otherProgram,
  init: otherProgram,
  kgdboc: debuggerOfKernel,
  'kgdboc.kgdboc': debuggerOfKernel,
  kgdboc_earlycon: debuggerOfKernel,
  ekgdboc: debuggerOfKernel,
  kgdbdbgp: debuggerOfKernel,
  kgdbwait: debuggerOfKernel,
  kgdbcon: debuggerOfKernel,
  kgdbts: debuggerOfKernel,
  'kgdbts.kgdbts': debuggerOfKernel,
  'kdb.cmd_enable': debuggerOfKernel,
};

const sysrq = 'sysrq_always_enabled';

/** An error for each word of the kernel's command line that `kit build --production` refuses. */
export function commandLineErrors({ kernel }: Manifest): KitError[] {
  return kernelWords(kernel?.value.cmdline ?? '').flatMap(({ text, name }) => {
    // The kernel compares only as much of a word as this parameter has letters.
    const why = name.startsWith(sysrq)
      ? "gives the console the kernel's SysRq keys"
      : Object.hasOwn(consoleOpeners, name)
        ? consoleOpeners[name]
        : undefined;
    if (why === undefined) return [];
    const message = `Cannot build for production: "${text.replaceAll('"', '')}" on the kernel's command line ${why}`;
    return [new KitError(message, { place: kernel?.origin.place(['cmdline']) })];
  });
}

/** `--production` is carried out by kit's init, so an image with another init is refused. */
export function otherInit({ init }: Manifest): KitError {
  return new KitError("Cannot build for production: the image's init is not kit's", {
    place: init[0]?.origin.place(),
    hint: 'init: [pkg/init, …]',
  });
}
