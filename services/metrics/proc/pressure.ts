/** A file of /proc/pressure (Documentation/accounting/psi.rst). */
export interface Pressure {
  /** Seconds since the boot in which some process waited for the resource. */
  readonly waiting: number;
  /** … in which all that could run waited; undefined where the kernel does not say. */
  readonly stalled: number | undefined;
}

/** Undefined for a kernel without it. */
export function parsePressure(text: string): Pressure | undefined {
  const waiting = total(text, 'some');
  return waiting === undefined ? undefined : { waiting, stalled: total(text, 'full') };
}

/** The file has microseconds. */
function total(text: string, kind: 'some' | 'full'): number | undefined {
  const micros = new RegExp(`^${kind} [^\\n]{0,80} total=(\\d{1,19})$`, 'm').exec(text)?.[1];
  return micros === undefined ? undefined : Number(micros) / 1e6;
}
