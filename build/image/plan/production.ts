import { KitError } from '../../../lib/errors/errors.ts';
import type { Manifest } from '../../manifest/types.ts';

/** Words of the kernel's command line that open the console to more than the machine's services. */
const consoleOpeners: Readonly<Record<string, string>> = {
  'kit.shell': 'asks for a shell on the console',
  rdinit: 'names a program that runs instead of kit',
  init: 'names a program that runs instead of kit',
  kgdboc: 'gives the console a debugger of the kernel',
  kgdbwait: 'gives the console a debugger of the kernel',
  sysrq_always_enabled: "gives the console the kernel's SysRq keys",
};

/** An error for each word of the kernel's command line that `kit build --production` refuses. */
export function commandLineErrors({ kernel }: Manifest): KitError[] {
  const words = kernel?.value.cmdline?.split(/\s+/) ?? [];
  return words.flatMap((word) => {
    const why = consoleOpeners[word.split('=')[0] ?? ''];
    if (why === undefined) return [];
    const message = `Cannot build for production: "${word}" on the kernel's command line ${why}`;
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
