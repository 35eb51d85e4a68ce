import type { Component } from '../packages/components.ts';

/** A component of an image, with what is known of it beyond its layer. */
export interface InventoryItem extends Component {
  /** Of a Debian package: the source package that it was built from, which advisories name. */
  readonly source?: { readonly name: string; readonly version: string };
  /** Of a Debian package: `trixie`. */
  readonly release?: string;
}

/** What an image or a machine consists of. */
export interface Inventory {
  readonly name: string;
  readonly items: readonly InventoryItem[];
}
