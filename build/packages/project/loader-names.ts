/** What an import of a file can give. `file` is the path of a copy beside the program. */
export const loaderNames = [
  ...(['text', 'bytes', 'base64', 'dataurl', 'json', 'json5', 'file'] as const),
  ...(['js', 'jsx', 'ts', 'tsx'] as const),
] as const;

export type LoaderName = (typeof loaderNames)[number];
