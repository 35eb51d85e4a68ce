import { readFileSync, writeFileSync } from 'node:fs';
import { readHardwareClock, setHardwareClock } from '../../../lib/linux/system/hardware-clock.ts';

let spoilt = false;

setInterval(() => {
  const { state, hardwareClockSetBy = 'nobody' } = JSON.parse(readFileSync('/run/ntp/status.json', 'utf8'));
  const [clock, hardware = 0] = [Date.now(), readHardwareClock()].map((ms = 0) => ms / 1000);
  writeFileSync('/dev/ttyS0', `CLOCK ${clock} HARDWARE ${hardware} ${state} ${hardwareClockSetBy}\n`);
  if (spoilt || hardwareClockSetBy !== 'kernel') return;
  spoilt = true;
  setHardwareClock(Date.UTC(2003));
}, 1000);
