import { KitError } from '../../lib/errors/errors.ts';
import { cdromProvider } from './cdrom.ts';
import { fileProvider } from './file.ts';
import type { Provider } from './provider.ts';

/** Every provider by its name on the command line; the text after `=` is its argument. */
const providers: Readonly<Record<string, (argument: string | undefined) => Provider>> = {
  cdrom: cdromProvider,
  file: (path) => {
    if (path === undefined)
      throw new KitError('Cannot use provider "file": expected file=PATH', { exitCode: 2 });
    return fileProvider(path);
  },
};

const defaults = ['cdrom'];

/**
 * The providers named on the command line (`cdrom`, `cdrom=/dev/vdb`, `file=PATH`), in that order; without
 * names, the default.
 * @throws KitError on an unknown name.
 */
export function providersOf(names: readonly string[]): Provider[] {
  return (names.length === 0 ? defaults : names).map((text) => {
    const [name = '', ...rest] = text.split('=');
    const make = Object.hasOwn(providers, name) ? providers[name] : undefined;
    if (make === undefined) {
      const hint = `there are: ${Object.keys(providers).join(', ')}`;
      throw new KitError(`Cannot use metadata provider "${name}": no such provider`, { hint, exitCode: 2 });
    }
    return make(rest.length === 0 ? undefined : rest.join('='));
  });
}
