import { codeOf, KitError } from '../../../lib/errors/errors.ts';
import { openPort, type PortRegisters } from '../../../lib/linux/system/port-read.ts';

/**
 * One call of VMware's hypervisor: the registers before and after an IN from its port (backdoor_def.h of
 * open-vm-tools).
 */
export type Backdoor = (registers: PortRegisters) => PortRegisters;

/** "VMXh" in eax, the command in the low half of ecx, the port in that of edx. */
export const magic = 0x564d_5868;
export const port = 0x5658;
const getVersion = 10;

const cannot = "Cannot read VMware's guestinfo: ";

/** A fault of guestinfo, in one sentence. */
export const guestinfoError = (why: string, cause?: unknown): KitError =>
  new KitError(`${cannot}${why}`, { cause });

/** The way to the hypervisor of this machine, once it has said that it is VMware's. @throws KitError */
export function openBackdoor(): Backdoor {
  const question: PortRegisters = [magic, 0, getVersion, port, 0, 0];
  const backdoor = readable(question);
  // BDOOR_CMD_GETVERSION: the magic number comes back in ebx.
  if (backdoor(question)[1] !== magic) throw guestinfoError("no hypervisor of VMware's answers on its port");
  return backdoor;
}

function readable(question: PortRegisters): Backdoor {
  try {
    return openPort(question);
  } catch (error) {
    throw codeOf(error) === 'EPERM'
      ? guestinfoError('the hypervisor keeps programs from its port', error)
      : guestinfoError('no code for its port can be loaded', error);
  }
}
