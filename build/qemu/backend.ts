import { rm } from 'node:fs/promises';
import type { Backend } from '../backend/backend.ts';
import { nextVirtualMachine, type QemuLaunch } from './launch.ts';
import { QemuInstance } from './qemu-instance.ts';

/** A virtual machine in kit's own QEMU, with KVM or TCG. */
export const qemuBackend: Backend<QemuLaunch> = {
  plan: async (request, context, work) => {
    const { planQemu } = await import('./qemu-plan.ts');
    return planQemu(request, context, work);
  },
  nextLaunch: nextVirtualMachine,
  removeFolder: (dir) => rm(dir, { recursive: true, force: true }),
  instance: (machine, launch) => new QemuInstance(machine, launch),
};
