import type { Bundle } from '../../../lib/bundle/read.ts';
import { inStartOrder } from '../state/start-order.ts';
import { initialState, newService, type Policy, type SupervisorState } from '../state/state.ts';
import type { SavedState } from './state-file.ts';

/**
 * The state in which a supervisor starts: the services of the image, with the state that an earlier
 * supervisor saved.
 */
export function restoreState(bundles: readonly Bundle[], saved: SavedState): SupervisorState {
  // The process of one is live only once it is adopted.
  const services = bundles.map((bundle) =>
    newService(bundle.name, policyOf(bundle), { ...saved.services[bundle.name], pid: 0 }),
  );
  return initialState(inStartOrder(services), saved.settled);
}

export const policyOf = ({ runtime }: Bundle): Policy => ({
  ...runtime.kit,
  probed: runtime.kit.ready !== null,
});

/** Whether this is the first supervisor process of the boot. */
export function isFirstOfBoot({ services }: SavedState): boolean {
  return Object.keys(services).length === 0;
}
