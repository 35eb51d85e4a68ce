import { KitError } from '../../../lib/errors/errors.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import type { RebootOptions } from '../../machine/lifecycle/reboot.ts';
import { withAllowFailed } from './allow-failed.ts';
import { type JsonFlag, withJson } from './json.ts';
import { withTimeout } from './timeout.ts';

export interface RebootFlags extends JsonFlag {
  readonly wait: string;
  readonly timeout: string;
  readonly allowFailed?: boolean;
}

/** The flags of commands that reboot a machine. */
export function withRebootFlags(command: KitCommand): KitCommand {
  const waiting = command.option(
    '--wait <event>',
    'answer: until the machine responds after the reboot; ready: until its services are ready, too',
    'answer',
  );
  return withJson(withAllowFailed(withTimeout(waiting, 'time limit for each machine', 300)));
}

/** @throws KitError for an unknown event */
export function parseWait(text: string): RebootOptions['wait'] {
  if (text === 'answer' || text === 'ready') return text;
  throw new KitError(`Cannot wait for "${text}": expected answer or ready`, { exitCode: 2 });
}
