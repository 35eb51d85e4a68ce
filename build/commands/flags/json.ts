import type { KitCommand } from '../../cli/kit-command.ts';

export interface JsonFlag {
  readonly json?: boolean;
}

export function withJson(command: KitCommand, description = 'print JSON'): KitCommand {
  return command.option('--json', description);
}
