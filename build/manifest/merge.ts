import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { Report } from './check.ts';
import { checkNames, checkOrder } from './rules.ts';
import type { Kernel, Located, Manifest } from './types.ts';

/**
 * Several manifests as one, left to right: lists follow each other, the kernel's later non-empty fields win.
 * Checks what only the whole can show.
 * @throws KitErrors
 */
export function mergeManifests(manifests: readonly Manifest[]): Manifest {
  const merged: Manifest = {
    kernel: mergeKernels(manifests.flatMap(({ kernel }) => (kernel ? [kernel] : []))),
    init: manifests.flatMap(({ init }) => init),
    onboot: manifests.flatMap(({ onboot }) => onboot),
    onshutdown: manifests.flatMap(({ onshutdown }) => onshutdown),
    services: manifests.flatMap(({ services }) => services),
    files: manifests.flatMap(({ files }) => files),
    volumes: manifests.flatMap(({ volumes }) => volumes),
    network: manifests.flatMap(({ network }) => network),
    control: manifests.findLast(({ control }) => control)?.control,
    budgets: manifests.flatMap(({ budgets }) => budgets),
  };
  const errors = [...wholeErrors('services', merged.services), ...wholeErrors('volumes', merged.volumes)];
  if (errors.length > 0) throw new KitErrors(errors);
  return merged;
}

function mergeKernels(kernels: readonly Located<Kernel>[]): Located<Kernel> | undefined {
  return kernels.length === 0 ? undefined : kernels.reduce(overlayKernel);
}

function overlayKernel(below: Located<Kernel>, above: Located<Kernel>): Located<Kernel> {
  const set = Object.entries(above.value).filter(([, value]) => value !== '');
  return {
    value: { ...below.value, ...Object.fromEntries(set) },
    origin: above.value.image ? above.origin : below.origin,
  };
}

function wholeErrors(key: 'services' | 'volumes', items: readonly Located<{ name: string }>[]): KitError[] {
  const errors: KitError[] = [];
  const report: Report = ({ path: [at, ...rest], say }) => {
    const place = items[Number(at)]?.origin.place(rest);
    errors.push(new KitError(say(), { place }));
  };
  const values = items.map(({ value }) => value);
  checkNames(key, values, report);
  if (key === 'services') checkOrder(values, report);
  return errors;
}
