import { reasonOf } from '../../../lib/errors/errors.ts';
import type { PtpReading } from '../../../lib/linux/system/ptp.ts';
import type { Answer, Question } from '../association/exchange.ts';
import { localPrecision, type Measurement } from '../protocol/reply.ts';
import { fixedOf } from '../protocol/timestamp.ts';

/** Seconds: hosts do not say how right they are. */
const hostError = 0.01;

/** Asks a clock of this machine. Never rejects. */
export async function askClock(
  read: () => readonly PtpReading[],
  { floor }: Pick<Question, 'floor'>,
): Promise<Answer> {
  try {
    return measure(read(), floor);
  } catch (error) {
    return { kind: 'silent', why: reasonOf(error) };
  }
}

/** What the quickest of the readings says: the others were interrupted. */
export function measure(readings: readonly PtpReading[], floor: bigint): Answer {
  const [best] = readings.toSorted((one, other) => Number(tookOf(one) - tookOf(other)));
  if (best === undefined || tookOf(best) < 0n) return { kind: 'unusable', why: 'it gives no time' };
  if (best.device < floor) return { kind: 'unusable', why: 'its time is earlier than this machine can be' };
  const took = Number(tookOf(best)) / 1e9;
  return {
    kind: 'measurement',
    offset: fixedOf(best.device - (best.before + best.after) / 2n),
    delay: Math.max(took, localPrecision),
    dispersion: 2 * localPrecision,
    ...{ leap: 0, stratum: 0, rootDelay: 0, rootDispersion: hostError },
    reference: Buffer.from('PTP\0'),
  } satisfies Measurement;
}

const tookOf = ({ before, after }: PtpReading): bigint => after - before;
