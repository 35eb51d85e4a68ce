/** `kernel:` */
export declare const kernelFields: {
    readonly image: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'The image with the kernel. Only the files named here are used.';
        readonly example: 'pkg/kernel';
    };
    readonly cmdline: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'Kernel command line.';
        readonly default: 'empty';
        readonly example: 'console=ttyS0';
    };
    readonly binary: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'File name of the kernel in the image.';
        readonly default: '`kernel`';
    };
    readonly tar: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: 'File name of the archive with the kernel modules in the image, or `none`.';
        readonly default: '`kernel.tar`';
        readonly example: 'none';
    };
    readonly ucode: {
        readonly kind: {
            readonly kind: 'string';
            readonly pattern: RegExp;
            readonly expected: string;
            readonly suggestions: readonly string[];
        };
        readonly help: string;
        readonly example: 'ucode.cpio';
    };
};
