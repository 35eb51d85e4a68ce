import type { LogFolder } from '../lib/log/folder.ts';
import { printLine } from '../lib/log/print-line.ts';
import { LogWriter } from '../lib/log/writer.ts';
import { machineLogs } from './logs.ts';

/** Where init speaks: one line at a time. */
export interface Console {
  /** A line of init's own, with `kit: ` before it. */
  say(text: string): void;
  /** A line of somebody else's, as it is. */
  print(line: string): void;
}

/** The kernel's console (descriptor 1), and the log `init` for what init says itself. Never throws. */
export function openConsole(logs: LogFolder = machineLogs): Console {
  const log = new LogWriter(logs, 'init');
  return {
    say(text) {
      log.write('kit', text.split('\n'));
      writeLine(`kit: ${text}`);
    },
    print: writeLine,
  };
}

/** Control characters of a program must not reach the terminal: it would be left in colours, or worse. */
function writeLine(line: string): void {
  printLine(line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ''));
}
