import { type Family, single } from '../family.ts';
import { finite, parseObject } from './state-text.ts';

/** What the NTP client says in /run/ntp/status.json; what it does not say is undefined. */
export interface NtpStatus {
  readonly synchronised: boolean;
  /** Seconds that the clock lacked at the last update. */
  readonly offset?: number | undefined;
  readonly stratum?: number | undefined;
  /** Parts per million. */
  readonly frequency?: number | undefined;
}

/** Undefined if the text is no such status. @param text at most `maxStateBytes` */
export function parseNtpStatus(text: string): NtpStatus | undefined {
  const value = parseObject(text);
  if (!value || typeof value.state !== 'string') return undefined;
  return {
    synchronised: value.state === 'synchronised',
    ...{ offset: finite(value.offset), stratum: finite(value.stratum), frequency: finite(value.frequency) },
  };
}

export function ntpFamilies(status: NtpStatus | undefined): readonly Family[] {
  if (!status) return [];
  const { synchronised, offset, stratum, frequency } = status;
  return [
    ...single('kit_ntp_synchronised', 'gauge', '1: the clock follows a server', Number(synchronised)),
    ...single('kit_ntp_offset_seconds', 'gauge', 'What the clock lacked at the last update', offset),
    ...single('kit_ntp_stratum', 'gauge', 'Steps to a reference clock', stratum),
    ...single('kit_ntp_frequency_ppm', 'gauge', 'Correction of the clock, in parts per million', frequency),
  ];
}
