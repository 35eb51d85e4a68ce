/** For the address bar of Chrome. Newer ones refuse the page for a parameter that they do not know, such as Node's `experiments`. */
export function devtoolsUrl(url: string): string {
  return `devtools://devtools/bundled/js_app.html?v8only=true&ws=${url.replace('ws://', '')}`;
}

/**
 * For the configurations of .vscode/launch.json, as vscode-js-debug reads them. There is no localRoot or remoteRoot: the
 * source maps name the files of this host, and the bundle has no other file here.
 */
export function vscodeConfiguration(title: string, port: number): object {
  return {
    name: `kit debug ${title}`,
    type: 'node',
    request: 'attach',
    address: '127.0.0.1',
    port,
    // Comes back when kit debug does.
    restart: true,
    sourceMaps: true,
    // The bundle lies outside of the workspace, whose source maps alone are trusted otherwise.
    resolveSourceMapLocations: ['**'],
    // Would tell the service's own programs to load a file of this host.
    autoAttachChildProcesses: false,
    skipFiles: ['<node_internals>/**'],
  };
}
