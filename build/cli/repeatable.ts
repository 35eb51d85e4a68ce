/** The parser of an option that can be given several times: collects its values. */
export const repeatable = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** The same for an option whose values can also be separated by commas. */
export const commaSeparated = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...value.split(','),
];
