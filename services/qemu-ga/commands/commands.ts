import { QapiError } from '../protocol/qapi-error.ts';
import { type Command, command } from './command.ts';
import { diskCommands } from './disks.ts';
import { endings } from './endings.ts';
import { refused } from './refused.ts';
import { systemCommands } from './system.ts';

/** QEMU's, whose schema the commands follow. */
const version = '10.0.0';

/** What the agent does. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    'guest-sync': command({ id: 'int' }, (_machine, { id }) => id, { whileFrozen: true }),
    'guest-sync-delimited': command({ id: 'int' }, (_machine, { id }) => id, {
      ...{ whileFrozen: true, isDelimited: true },
    }),
    'guest-ping': command({}, () => undefined, { whileFrozen: true }),
    'guest-info': command({}, ({ disks }) => info(disks.isFrozen), { whileFrozen: true }),
    'guest-shutdown': command(
      { mode: 'str?' },
      async ({ end }, { mode = 'powerdown' }) => {
        const ending = endings.get(mode);
        if (ending === undefined) {
          throw new QapiError("Invalid parameter value for 'mode', expected: halt, powerdown or reboot");
        }
        await end(ending);
      },
      { isSilent: true },
    ),
    ...diskCommands,
    ...systemCommands,
  } satisfies Record<string, Command>),
);

function info(isFrozen: boolean): object {
  const done = [...commands].map(([name, { whileFrozen, isSilent }]) => ({
    ...{ name, enabled: whileFrozen || !isFrozen, 'success-response': !isSilent },
  }));
  const others = [...refused.keys()].map((name) => ({ name, enabled: false, 'success-response': true }));
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  return { version, supported_commands: [...done, ...others].sort(byName) };
}
