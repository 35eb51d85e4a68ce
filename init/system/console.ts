import type { LogFolder } from '../../lib/log/folder.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { machineLogs } from './logs.ts';

/** The machine's console, as init writes to it: whole lines. */
export interface BootConsole {
  /** A message of init's own, shown with the prefix `kit: `. */
  log(text: string): void;
  /** A line that another program wrote. */
  print(line: string): void;
}

/** The kernel's console (descriptor 1); init's own messages also go to the log `init`. Never throws. */
export function openConsole(logs: LogFolder = machineLogs): BootConsole {
  const log = new LogWriter(logs, 'init');
  return {
    log(text) {
      log.write('kit', text.split('\n'));
      printSafely(`kit: ${text}`);
    },
    print: printSafely,
  };
}

/** Removes control characters: those of a program could change the terminal's colours or modes. */
function printSafely(line: string): void {
  printLine(line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ''));
}
