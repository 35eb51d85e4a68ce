function defineManifest(manifest){return manifest}export{defineManifest};
