import { reasonOf } from '../../lib/errors/errors.ts';
import type { Logger } from '../../lib/service/service.ts';
import type { Command } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import type { Machine } from './commands/machine.ts';
import { refused } from './commands/refused.ts';
import { QapiError } from './protocol/qapi-error.ts';
import { errorLine, successLine } from './protocol/reply.ts';
import { quoted, type Request, readRequest } from './protocol/request.ts';
import type { Piece } from './protocol/splitter.ts';

/** Commands that are asked every few seconds, and change nothing. */
const unlogged = /^guest-(?:sync|ping|info|get-|network-get-|fsfreeze-status)/;

/** Answers what the host sends; undefined: a command that has succeeded and has no answer. */
export async function answer(
  piece: Piece,
  machine: Machine,
  log: Pick<Logger, 'notice' | 'warn'>,
): Promise<Buffer | undefined> {
  let request: Request | undefined;
  try {
    if ('fault' in piece) throw new QapiError(piece.fault);
    request = readRequest(piece.text);
    const { isSilent, isDelimited, run } = commandOf(request.execute, machine);
    if (!unlogged.test(request.execute)) log.notice(request.execute);
    const value = await run(machine, request.arguments);
    return isSilent ? undefined : successLine(value, request.id, isDelimited);
  } catch (thrown) {
    const error = thrown instanceof QapiError ? thrown : new QapiError(reasonOf(thrown));
    log.warn(`${request ? quoted(request.execute) : 'a message'}: ${error.message}`);
    return errorLine(error, request?.id);
  }
}

/** @throws QapiError: none of that name, or none that may run now */
function commandOf(name: string, { disks }: Machine): Command {
  const found = commands.get(name);
  const why = refused.get(name);
  if (why !== undefined) throw new QapiError(`Command ${name} has been disabled: ${why}`, 'CommandNotFound');
  if (!found) throw new QapiError(`The command ${quoted(name)} has not been found`, 'CommandNotFound');
  if (disks.isFrozen && !found.whileFrozen) {
    throw new QapiError(`Command ${name} has been disabled: the agent is in frozen state`, 'CommandNotFound');
  }
  return found;
}
