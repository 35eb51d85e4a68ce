import { combineErrors, KitError } from '../../lib/errors/errors.ts';
import type { Entry, Located, Manifest } from '../manifest/types.ts';

const sections = ['onboot', 'onshutdown', 'services'] as const;

/**
 * The manifest without the entries that have `production: false`.
 * @param notice is told of each @throws KitErrors for a service that waits for one of them (`after`)
 */
export function forProduction(manifest: Manifest, notice: (line: string) => void): Manifest {
  const kept = sections.map((section) => manifest[section].filter(isKept));
  const [onboot = [], onshutdown = [], services = []] = kept;
  const left = sections.flatMap((section) => manifest[section].filter((entry) => !isKept(entry)));
  if (left.length === 0) return manifest;
  const names = left.map(({ value }) => value.name);
  const errors = services.flatMap((service) => waitingErrors(service, names));
  if (errors.length > 0) throw combineErrors(errors);
  for (const name of names) notice(`"${name}" is left out: production: false`);
  return { ...manifest, onboot, onshutdown, services };
}

const isKept = ({ value }: Located<Entry>): boolean => value.production !== false;

function waitingErrors({ value, origin }: Located<Entry>, names: readonly string[]): KitError[] {
  return (value.after ?? []).flatMap((name, at) =>
    names.includes(name)
      ? [
          new KitError(
            `Cannot build for production: "${value.name}" starts after "${name}", which is left out there`,
            {
              place: origin.place(['after', at]),
              hint: 'give it production: false, too, or take it out of after',
            },
          ),
        ]
      : [],
  );
}
