import { parseArgs, type ParseArgsConfig } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>

/** Reads a command line. `--help` prints `usage` and ends the process; so does what is wrong, with a sentence that says what. */
export function readCommandLine<const Known extends Options>(
  usage: string,
  { options, allowPositionals = false }: { options: Known; allowPositionals?: boolean },
) {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs({ args, options, allowPositionals })
  } catch (error) {
    // Only wrong usage is thrown here, and its message is one sentence.
    return refuseUsage(error instanceof Error ? error.message : String(error), usage)
  }
}

export function refuseUsage(fault: string, usage: string): never {
  console.error(`${fault}\n\n${usage}`)
  process.exit(2)
}
