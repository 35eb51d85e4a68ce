/**
 * Where pkg/metadata writes the machine's metadata; KIT_METADATA names another folder, for tries at a desk.
 */
export declare const metadataFolder: () => string;
/** The text of a metadata file without blanks around it; undefined when it is missing or empty. */
export declare function metadataText(path: string, folder?: string): string | undefined;
