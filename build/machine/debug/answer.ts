/** The answer to a request of kit's own, `Kit.readFile`. */
export interface Answer {
  readonly id: string;
  /** Undefined when there is no such file. */
  readonly text: string | undefined;
}

/** Undefined for any other line: the service may have been made to send anything. */
export function parseAnswer(line: string): Answer | undefined {
  try {
    const { id, result } = JSON.parse(line);
    const text: unknown = result?.text;
    return typeof id === 'string' ? { id, text: typeof text === 'string' ? text : undefined } : undefined;
  } catch {
    return undefined;
  }
}
