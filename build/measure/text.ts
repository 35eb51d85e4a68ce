import type { Measurement } from './measure.ts';

/** A line for each register, and one for each measurement. */
export function measurementText({ file, bank, pcrs }: Measurement): string {
  const lines = pcrs.flatMap(({ pcr, value, events }) => [
    `PCR ${pcr}  ${value}`,
    ...events.map(({ what, digest }) => `  ${digest}  ${what}`),
  ]);
  return `${file} (${bank})\n${lines.join('\n')}\n`;
}
