import { SyscallError } from '../../../lib/linux/ffi.ts';
import { readHardwareClock, setHardwareClock } from '../../../lib/linux/system/hardware-clock.ts';
import { adjustClock, clockNs, timexModes, timexStatus } from '../../../lib/linux/system/timex.ts';
import type { Clock, Slew } from './clock.ts';

const seconds = (ns: bigint): number => Number(ns) / 1e9;
const microseconds = (value: number): bigint => BigInt(Math.round(value * 1e6));

/**
 * The kernel's clock, which CAP_SYS_TIME in the machine's own user namespace may change (adjtimex(2)). While
 * `slew` says that it is right, the kernel also writes it to the battery-backed clock, every eleven minutes.
 */
export const kernelClock: Clock = {
  now: () => clockNs('realtime'),
  steady: () => seconds(clockNs('boottime')),
  asleep: () => seconds(clockNs('boottime') - clockNs('monotonic')),
  hardware: () => {
    const ms = readHardwareClock();
    return ms === undefined ? undefined : ms / 1000;
  },
  setHardware: (time) => setHardwareClock(time * 1000),
  step: (stepNs) => {
    adjustClock({ modes: timexModes.setOffset | timexModes.nano, stepNs });
  },
  slew: (slew) => {
    adjustClock({
      modes:
        timexModes.offset |
        timexModes.nano |
        timexModes.timeConstant |
        timexModes.status |
        timexModes.maxError |
        timexModes.estimatedError,
      offset: slew.offset,
      timeConstant: BigInt(slew.constant),
      status: statusOf(slew),
      maxError: microseconds(slew.maxError),
      estimatedError: microseconds(slew.estimatedError),
    });
  },
  frequency: () => Number(adjustClock().frequency) / 65_536,
  setFrequency: (ppm) => {
    adjustClock({ modes: timexModes.frequency, frequency: BigInt(Math.round(ppm * 65_536)) });
  },
};

/**
 * Whether this program may change the clock: not in `kit run container`, where the clock is the host's. Sets
 * the frequency that it has. @throws SyscallError
 */
export function maySetClock(): boolean {
  try {
    kernelClock.setFrequency(kernelClock.frequency());
    return true;
  } catch (thrown) {
    if (thrown instanceof SyscallError && thrown.code === 'EPERM') return false;
    throw thrown;
  }
}

function statusOf({ holdFrequency, isRight, leap }: Slew): number {
  const wrong = isRight ? 0 : timexStatus.unsynchronised;
  const hold = holdFrequency ? timexStatus.holdFrequency : 0;
  const leaps = [0, timexStatus.insertLeapSecond, timexStatus.deleteLeapSecond];
  return timexStatus.pll | wrong | hold | (leaps[leap] ?? 0);
}
