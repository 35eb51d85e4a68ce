#!/usr/bin/node --disable-warning=ExperimentalWarning
// Where LinuxKit's image has its program, for manifests that name it.
import('/service/main.mjs');
