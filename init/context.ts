import type { Daemon } from './daemons/daemon.ts';
import type { Supervisor } from './daemons/supervisor.ts';
import type { EndRequests } from './end-requests.ts';
import type { WatchdogFeeder } from './host/watchdog-feeder.ts';
import type { TaskContext } from './tasks/container.ts';

/**
 * The state shared by the boot steps and the shutdown: the guest, and the programs that init started in it.
 */
export interface InitContext extends TaskContext {
  readonly requests: EndRequests;
  readonly daemons: {
    containerd?: Daemon | undefined;
    supervisor?: Supervisor | undefined;
    watchdog?: WatchdogFeeder | undefined;
  };
  /**
   * Resolved when every service is ready or has failed: work that waits for it does not slow the boot down.
   */
  readonly servicesSettled: PromiseWithResolvers<void>;
}
