import { describeEnd, endOf, startProgram } from './program.ts';
import type { Machine } from './steps.ts';

/**
 * A root shell on the machine's own console, whose access is whoever holds the machine's; returns when it ends, or when
 * the machine is to end.
 */
export async function consoleShell(
  why: string,
  { console, ending }: Pick<Machine, 'console' | 'ending'>,
): Promise<void> {
  console.say(why);
  const child = startProgram(['/usr/bin/busybox', 'sh', '-i'], { stdio: 'inherit' });
  const kill = (): void => void child.kill('SIGKILL');
  ending.addEventListener('abort', kill, { once: true });
  const end = await endOf(child);
  ending.removeEventListener('abort', kill);
  if ('neverRan' in end) console.say(describeEnd(end));
}
