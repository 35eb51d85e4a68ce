/** An item of `volumes:`. */
export declare const volumeFields: {
    readonly name: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Name of the volume in `binds` and `mounts`.';
        readonly required: true;
        readonly example: 'data';
        readonly linuxkit: 'Binds only find the volumes of the last manifest.';
    };
    readonly image: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Image with the initial contents.';
        readonly default: 'an empty volume';
        readonly example: './seed';
    };
    readonly readonly: {
        readonly kind: {
            readonly kind: 'boolean';
        };
        readonly help: 'Makes the volume read-only. Binds of it need the option `ro`.';
        readonly default: '`false`';
        readonly example: true;
        readonly linuxkit: 'The volume is writable anyway.';
    };
    readonly format: {
        readonly kind: {
            readonly kind: 'choice';
            readonly values: readonly ["filesystem", "oci"];
        };
        readonly help: 'Whether the volume holds the files of the image, or the image itself as an OCI layout.';
        readonly default: '`filesystem`';
        readonly example: 'oci';
    };
    readonly platforms: {
        readonly kind: {
            readonly kind: 'list';
            readonly of: {
                readonly kind: 'string';
                readonly pattern: RegExp;
                readonly expected: string;
                readonly suggestions: readonly string[];
            };
        };
        readonly help: 'Platforms of the image in the OCI layout.';
        readonly default: 'all';
        readonly example: readonly ["linux/amd64", "linux/arm64"];
        readonly linuxkit: 'The index still lists the platforms that were left out.';
    };
};
