#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts'

/** The operator's command. */

process.exit(
  await runCommandLine(process.argv.slice(2), {
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
  }),
)
