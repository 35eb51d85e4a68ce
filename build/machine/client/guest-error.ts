import { KitError } from '../../../lib/errors/errors.ts';
import { isRemote, type Machine } from '../records/find.ts';
import { grpcReason, isNotAllowed, isUnavailable } from './grpc-errors.ts';

/** The error of a call to the guest, for users. @param action what failed: `Cannot run "sh"` */
export function guestError(action: string, machine: Machine, thrown: unknown): KitError {
  const { name } = machine.record;
  const console = isRemote(machine)
    ? undefined
    : `kit logs --console ${name} shows the console of the machine`;
  const services = isNotAllowed(thrown) ? undefined : `kit ps lists the services of ${name}`;
  const hint = isUnavailable(thrown) ? console : services;
  return new KitError(`${action}: ${grpcReason(thrown)}`, { hint, cause: thrown });
}
