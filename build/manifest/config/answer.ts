/** What config-main.ts reports about the configuration that it ran. */
export type ConfigAnswer =
  /** Its default export as JSON. */
  | { readonly kind: 'manifest'; readonly json: string }
  /** An error of the file, or of something it imports. */
  | {
      readonly kind: 'threw';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly code?: string;
    }
  /** Its default export is no manifest, but this. */
  | { readonly kind: 'odd'; readonly what: string }
  /** It waits for a promise that nothing can settle any more. */
  | { readonly kind: 'unsettled' }
  /** It called process.exit. */
  | { readonly kind: 'exited' };
