import type { Command } from 'commander';

export interface JsonFlag {
  readonly json?: boolean;
}

export function withJson(command: Command, description = 'print JSON'): Command {
  return command.option('--json', description);
}
