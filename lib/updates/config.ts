/**
 * `/etc/kit/updates.json`: the manifest's `updates:`. Checked and completed on the host. Only that of the
 * image which the machine has booted counts, never one that comes with an update.
 */
export interface UpdatesConfig {
  /** Public keys (PEM, ECDSA on P-256), one of which must have signed an update; empty: none need have. */
  readonly keys: readonly string[];
}
