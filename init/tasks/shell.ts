import { isForProduction } from '../host/production.ts';
import type { Machine } from '../steps.ts';
import { describeEnd, endOf, startProgram } from './program.ts';

/**
 * A root shell on the machine's own console, whose access is whoever holds the machine's; returns when it ends, or when
 * the machine is to end. An image for production has none.
 */
export async function consoleShell(why: string, { kernel, console, ending }: Machine): Promise<void> {
  if (isForProduction({ kernel })) return console.say('No shell: the image was built with --production');
  console.say(why);
  const child = startProgram(['/usr/bin/busybox', 'sh', '-i'], { stdio: 'inherit' });
  const kill = (): void => void child.kill('SIGKILL');
  ending.addEventListener('abort', kill, { once: true });
  const end = await endOf(child);
  ending.removeEventListener('abort', kill);
  if ('neverRan' in end) console.say(describeEnd(end));
}
