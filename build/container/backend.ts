import type { Backend } from '../backend/backend.ts';
import type { ContainerLaunch } from './launch.ts';

/** The same image without a virtual machine: its init is PID 1 of new namespaces on the host's kernel. */
export const containerBackend: Backend<ContainerLaunch> = {
  plan: async (request, context, work) => {
    const { planContainer } = await import('./container-plan.ts');
    return planContainer(request, context, work);
  },
  nextLaunch: async (_machine, old, image, work) => {
    const { nextContainer } = await import('./next-launch.ts');
    return nextContainer(old, image, work);
  },
  removeFolder: async (dir, work) => {
    const { removeOwned } = await import('./folders/remove-owned.ts');
    return removeOwned(dir, work);
  },
  // Loaded on demand, as the plan is: only the monitor of a container needs its system calls.
  instance: async (machine, launch) => {
    const { ContainerInstance } = await import('./container-instance.ts');
    return new ContainerInstance(machine, launch);
  },
};
