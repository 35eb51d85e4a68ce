/** `/etc/kit/watchdog.json`: the manifest's `watchdog:`. Checked and completed on the host. */
export interface WatchdogConfig {
  /** Whole seconds after which the device resets a machine that is not fed. */
  readonly timeoutS: number;
  /** Names of services whose failure counts. */
  readonly services: readonly string[];
}

/** Written by init when the watchdog has reset the machine before this boot: a sentence. */
export const watchdogResetFile = '/run/kit/watchdog-reset';
