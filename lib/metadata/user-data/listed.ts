const namedAtMost = 20;

/** Names for a message. They come from a disc, and the console shows them. */
export function listed(names: readonly string[]): string {
  const plain = [...new Set(names)].map(printable);
  return plain.length <= namedAtMost
    ? plain.join(', ')
    : `${plain.slice(0, namedAtMost).join(', ')} and ${plain.length - namedAtMost} more`;
}

/** Up to 60 characters of ASCII. */
export const printable = (text: string): string => text.slice(0, 60).replace(/[^ -~]/g, '?');
