import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { Report } from './check.ts';
import { checkNames, checkOrder } from './list-checks.ts';
import type { KernelOptions, Located, Manifest } from './types.ts';

/**
 * Merges manifests from left to right: lists are concatenated; in `kernel:`, later non-empty fields win. Then
 * checks the rules that span manifests: unique names, and the order of services.
 * @throws KitErrors
 */
export function mergeManifests(manifests: readonly Manifest[]): Manifest {
  const merged: Manifest = {
    kernel: mergeKernels(manifests.flatMap(({ kernel }) => (kernel ? [kernel] : []))),
    kernelModules: manifests.flatMap(({ kernelModules }) => kernelModules),
    init: manifests.flatMap(({ init }) => init),
    onboot: manifests.flatMap(({ onboot }) => onboot),
    onshutdown: manifests.flatMap(({ onshutdown }) => onshutdown),
    services: manifests.flatMap(({ services }) => services),
    files: manifests.flatMap(({ files }) => files),
    disks: manifests.flatMap(({ disks }) => disks),
    volumes: manifests.flatMap(({ volumes }) => volumes),
    network: manifests.flatMap(({ network }) => network),
    control: manifests.findLast(({ control }) => control)?.control,
    modules: manifests.findLast(({ modules }) => modules)?.modules,
    watchdog: manifests.findLast(({ watchdog }) => watchdog)?.watchdog,
    updates: manifests.findLast(({ updates }) => updates)?.updates,
    metadata: manifests.findLast(({ metadata }) => metadata)?.metadata,
    signing: manifests.findLast(({ signing }) => signing)?.signing,
    budgets: manifests.flatMap(({ budgets }) => budgets),
  };
  const errors = (['services', 'disks', 'volumes'] as const).flatMap((key) => listErrors(key, merged[key]));
  if (errors.length > 0) throw new KitErrors(errors);
  return merged;
}

function mergeKernels(kernels: readonly Located<KernelOptions>[]): Located<KernelOptions> | undefined {
  return kernels.length === 0 ? undefined : kernels.reduce(overlayKernel);
}

function overlayKernel(
  earlier: Located<KernelOptions>,
  later: Located<KernelOptions>,
): Located<KernelOptions> {
  const set = Object.entries(later.value).filter(([, value]) => value !== '');
  return {
    value: { ...earlier.value, ...Object.fromEntries(set) },
    origin: later.value.image ? later.origin : earlier.origin,
  };
}

function listErrors(
  key: 'services' | 'disks' | 'volumes',
  items: readonly Located<{ name: string }>[],
): KitError[] {
  const errors: KitError[] = [];
  const report: Report = ({ path: [at, ...rest], message }) => {
    const place = items[Number(at)]?.origin.place(rest);
    errors.push(new KitError(message(), { place }));
  };
  const values = items.map(({ value }) => value);
  checkNames(key, values, report);
  if (key === 'services') checkOrder(values, report);
  return errors;
}
