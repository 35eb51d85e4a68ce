import { isForProduction } from '../host/production.ts';
import type { StepContext } from '../steps.ts';
import { describeEnd } from '../system/program.ts';

/**
 * Runs a root shell on the machine's console until it exits or the machine is to end. Access to the console
 * is access to the machine, so it asks for no password. An image for production has no such shell.
 */
export async function openConsoleShell(message: string, context: StepContext): Promise<void> {
  const { system, console, ending } = context;
  if (isForProduction(context)) return console.log('No shell: the image was built with --production');
  console.log(message);
  const shell = system.startProgram(['/usr/bin/busybox', 'sh', '-i'], 'inherit');
  const kill = (): void => shell.kill('SIGKILL');
  ending.addEventListener('abort', kill, { once: true });
  const end = await shell.ended;
  ending.removeEventListener('abort', kill);
  if ('notStarted' in end) console.log(describeEnd(end));
}
