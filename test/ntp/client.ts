import { clockNs } from '../../lib/linux/system/timex.ts';
import { log } from '../../lib/service/service.ts';
import { readSettings } from '../../services/ntp/arguments.ts';
import { SimulatedClock } from '../../services/ntp/clock/testing/simulated-clock.ts';
import { NtpProgram } from '../../services/ntp/program.ts';
import { fakeClocks } from '../../services/ntp/ptp/testing/fake-clocks.ts';
import { resolveServer } from '../../services/ntp/servers/resolve.ts';

/**
 * The program of pkg/ntp with a clock that is only computed, so that the host's stays as it is: `client.ts
 * SECONDS-AHEAD[,PTP] [ARGUMENT]…`, where PTP is how many seconds the clock of a made-up hypervisor is ahead;
 * without it there is none. It asks five times a second at first. `lose SECONDS` on standard input makes the
 * machine stand still; every second it prints how wrong its clock is.
 */
const [, , word = '0', ...args] = process.argv;
const [ahead, ptpAhead] = word.split(',').map((text) => Number(text) * 1e9);
const clock = new SimulatedClock(() => clockNs('realtime'), ahead);
clock.hardwareAhead = 0;
const made = fakeClocks(clock, () => (ptpAhead ?? 0) - clock.error * 1e9);
const ptp = ptpAhead === undefined ? { ...made, list: () => [] } : made;
const settings = readSettings(args);
const program = new NtpProgram(
  { ...settings, pace: { ...settings.pace, burstSeconds: 0.2, patience: 1.5, minPoll: 0 } },
  { clock, resolve: resolveServer, random: Math.random, log, port: 123, kernelDate: undefined, ptp },
);
const report = setInterval(() => console.log(`error ${clock.error.toFixed(3)} s`), 1000);
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  const [, seconds] = /^lose (\d+)$/m.exec(text) ?? [];
  if (seconds) clock.lose(Number(seconds));
});
process.on('SIGTERM', () => {
  program.close();
  clearInterval(report);
  process.stdin.destroy();
});
