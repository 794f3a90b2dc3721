#!/usr/bin/env node
// A file of the repository, so that npm can link the command before anything is built.
import "../dist/engine/main.js";
