/** For calls that wait for something in a machine. */
export interface WaitOptions {
  /** In milliseconds. */
  readonly timeoutMs?: number;
  /** Aborting it rejects the call with its reason. */
  readonly signal?: AbortSignal;
}
