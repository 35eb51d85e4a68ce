import type { Manifest } from './generated/manifest.ts';
export type { Budgets, Control, Entry, File, Kernel, Manifest, Network, Volume, } from './generated/manifest.ts';
/** What a kit.config.ts exports by default. */
export type ManifestExport = Manifest | Promise<Manifest> | (() => Manifest | Promise<Manifest>);
/**
 * Returns its argument: with it, editors check and complete a manifest in TypeScript. `kit build
 * kit.config.ts`, and every other command that takes a manifest, uses the default export of such a file.
 *
 *   export default defineManifest({ services: [{ name: 'web', image: './web' }] });
 *
 * Relative paths in it are resolved against the folder of the file.
 */
export declare function defineManifest(manifest: ManifestExport): ManifestExport;
