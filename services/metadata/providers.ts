import { type MetadataProvider, metadataProviders } from '../../lib/bundle/metadata.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { fileProvider } from './file.ts';
import type { Provider } from './provider.ts';
import type { Trust } from './trust/trust.ts';
import { cdromProvider } from './volumes/cdrom.ts';

/** Every provider by its name on the command line; the text after `=` is its argument. */
const providers: Readonly<Record<MetadataProvider, (trust: Trust, argument?: string) => Provider>> = {
  cdrom: cdromProvider,
  file: (trust, path) => {
    if (path === undefined)
      throw new KitError('Cannot use provider "file": expected file=PATH', { exitCode: 2 });
    return fileProvider(trust, path);
  },
};

const defaults = ['cdrom'];

/**
 * The providers named on the command line (`cdrom`, `cdrom=/dev/vdb`, `file=PATH`), in that order; without
 * names, the default.
 * @throws KitError on an unknown name.
 */
export function providersOf(names: readonly string[], trust: Trust): Provider[] {
  return (names.length === 0 ? defaults : names).map((text) => {
    const [name = '', ...rest] = text.split('=');
    const known = metadataProviders.find((each) => each === name);
    if (known === undefined) {
      const hint = `there are: ${metadataProviders.join(', ')}`;
      throw new KitError(`Cannot use metadata provider "${name}": no such provider`, { hint, exitCode: 2 });
    }
    return providers[known](trust, rest.length === 0 ? undefined : rest.join('='));
  });
}
