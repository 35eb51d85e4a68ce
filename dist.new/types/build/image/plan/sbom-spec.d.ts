/** The user's options for the bill of materials. */
export interface SbomOptions {
    /** Path in the image; `sbom.spdx.json`, as LinuxKit's, when absent. */
    readonly path?: string | undefined;
    /** Record the time of the build, so that no two builds are equal. */
    readonly currentTime?: boolean | undefined;
}
/** The bill of materials that an image carries. */
export interface SbomSpec {
    /** In the image: `sbom.spdx.json`. */
    readonly path: string;
    /** Time of creation that it states: `2017-04-18T16:30:00Z`. */
    readonly created: string;
}
/**
 * Determines path and time. The time is that of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set,
 * else the constant one that LinuxKit gives to everything it creates.
 * @throws KitError for a path that is not a file inside the image
 */
export declare function sbomSpec({ path, currentTime }: SbomOptions, env: Readonly<Record<string, string | undefined>>): SbomSpec;
