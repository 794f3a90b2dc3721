#!/usr/bin/env node
// A file of its own, since npm links no command whose file does not exist yet when it installs.
require("../dist/cli/main.js");
