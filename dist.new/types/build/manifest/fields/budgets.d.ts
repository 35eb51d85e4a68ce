/** `budgets:`. K, M and G are powers of 1024. */
export declare const budgetFields: {
    readonly image: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: string;
        readonly example: '90M';
        readonly linuxkit: "Not supported.";
    };
    readonly memory: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Maximum memory that the machine needs to boot with its root file system in memory.';
        readonly example: '384M';
        readonly linuxkit: "Not supported.";
    };
};
