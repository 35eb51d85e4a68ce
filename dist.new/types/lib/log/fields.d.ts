/** Values that belong to a message, by name: `{port: 8080}`. */
export type LogFields = Readonly<Record<string, unknown>>;
/** `listening {"port":8080}`: a message with its fields, on one line whatever they contain. */
export declare function withFields(message: string, fields: LogFields): string;
/** The fields at the end of a line; undefined if there are none. */
export declare function fieldsOf(line: string): {
    readonly text: string;
    readonly fields: LogFields;
} | undefined;
