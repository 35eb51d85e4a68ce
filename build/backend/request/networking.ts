import { existsSync } from 'node:fs';
import { KitError } from '../../../lib/errors/errors.ts';

/** A machine's network; `user` is a private one with DHCP, DNS and NAT, which needs no privileges. */
export type Networking =
  | { readonly kind: 'user' }
  | { readonly kind: 'none' }
  | { readonly kind: 'tap'; readonly interface: string }
  | { readonly kind: 'bridge'; readonly bridge: string; readonly helper: string };

/**
 * Debian's and Fedora's paths. The helper is setuid root, so it must be the host's own, not one kit unpacks.
 */
const helpers = ['/usr/lib/qemu/qemu-bridge-helper', '/usr/libexec/qemu-bridge-helper'];

/** Reads LinuxKit's `user`, `none`, `tap,INTERFACE` and `bridge,BRIDGE`. */
export function parseNetworking(text: string, publishes: boolean): Networking {
  const [kind, name, ...rest] = text.split(',');
  const isNamed = (kind === 'tap' || kind === 'bridge') && /^[^\s/]{1,15}$/.test(name ?? '');
  const isPlain = (kind === 'user' || kind === 'none') && name === undefined;
  if ((!isNamed && !isPlain) || rest.length > 0) {
    throw new KitError(
      `Cannot use networking "${text}": expected user, none, tap,INTERFACE or bridge,BRIDGE`,
      {
        exitCode: 2,
      },
    );
  }
  if (publishes && kind !== 'user') {
    throw new KitError(`Cannot publish ports with networking "${text}": only "user" forwards them`, {
      exitCode: 2,
    });
  }
  if (kind === 'tap' && name) return { kind, interface: name };
  if (kind === 'bridge' && name) return { kind, bridge: name, helper: bridgeHelper(text) };
  return { kind: kind === 'none' ? 'none' : 'user' };
}

function bridgeHelper(text: string): string {
  const helper = helpers.find((path) => existsSync(path));
  if (helper) return helper;
  throw new KitError(`Cannot use networking "${text}": this host has no qemu-bridge-helper`, {
    hint: "Debian's package qemu-system-common has it; or make a tap interface and use tap,INTERFACE",
  });
}
