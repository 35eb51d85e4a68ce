import type { Backend } from '../backend/backend.ts';
import { ContainerInstance } from './container-instance.ts';
import type { ContainerLaunch } from './launch.ts';

/** The same image without a virtual machine: its init is PID 1 of new namespaces on the host's kernel. */
export const containerBackend: Backend<ContainerLaunch> = {
  plan: async (request, context, work) => {
    const { planContainer } = await import('./container-plan.ts');
    return planContainer(request, context, work);
  },
  instance: (machine, launch) => new ContainerInstance(machine, launch),
};
