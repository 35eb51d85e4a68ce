/** Milliseconds. The battery-backed clock counts whole seconds: what is nearer to it need not be wrong. */
const tolerance = 1500;

export interface Clocks {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The battery-backed clock, which the hypervisor keeps right; undefined: there is none. */
  readonly hardware: () => number | undefined;
  readonly set: (timeMs: number) => void;
}

/**
 * Sets the clock to the battery-backed one where it differs; tells what it did.
 * @throws the kernel's error
 */
export function setClock({ now, hardware, set }: Clocks): string {
  const timeMs = hardware();
  if (timeMs === undefined) return 'the machine has no battery-backed clock: the clock stays as it is';
  const ahead = now() - timeMs;
  if (Math.abs(ahead) <= tolerance) return 'the clock is right';
  set(timeMs);
  return `the clock was ${(Math.abs(ahead) / 1000).toFixed(1)} s ${ahead < 0 ? 'behind' : 'ahead'}: set it`;
}
