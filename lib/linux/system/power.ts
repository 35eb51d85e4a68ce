import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  sync: { arguments: [], return: 'void' },
  reboot: { arguments: ['int32'], return: 'int32' },
});

/** include/uapi/linux/reboot.h, as signed 32-bit numbers */
const commands = {
  poweroff: 0x4321fedc | 0,
  reboot: 0x01234567 | 0,
  halt: 0xcdef0123 | 0,
  /** Starts the kernel that kexec_load(2) has loaded. */
  kexec: 0x45584543 | 0,
  /** Ctrl-Alt-Del sends SIGINT to PID 1 instead of resetting the machine. */
  ctrlAltDelToInit: 0x00000000,
} as const;

/** sync(2): returns when all dirty pages are written. */
export function sync(): void {
  libc.sync();
}

/** reboot(2). All but `ctrlAltDelToInit` do not return, and do not sync. `kexec` fails without a kernel. */
export function rebootSystem(command: keyof typeof commands): void {
  check('reboot', libc.reboot(commands[command]), command);
}
