import gatewayPackage from '../../package.json' with { type: 'json' }
import { nearestName } from '../config/nearest-name.ts'
import { explainFailure } from '../errors.ts'
import { type Command, type Terminal, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { helpOf, overview } from './help.ts'

/** Runs what was typed after `authscript`. Resolves with the exit code: 0, 1 failed, 2 wrong usage, 130 interrupted. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args
  if (first === undefined) {
    terminal.printError(overview())
    return 2
  }
  if (first === '--version') {
    terminal.print(gatewayPackage.version)
    return 0
  }
  // `authscript help backup` as well as `authscript backup --help`.
  const asksForHelp = isHelp(first) || first === 'help'
  const typed = asksForHelp ? rest : args
  const [name] = typed
  if (name === undefined || isHelp(name)) {
    terminal.print(overview())
    return 0
  }
  // `authscript user add` as well as `authscript backup`.
  const words = [2, 1].find((count) => find(typed.slice(0, count)) !== undefined) ?? 1
  const entry = find(typed.slice(0, words))
  if (entry === undefined) {
    const group = commands.filter((one) => one.name.startsWith(`${name} `))
    if (group.length > 0 && (asksForHelp || typed[1] === undefined || isHelp(typed[1]))) {
      terminal.print(overview(group))
      return 0
    }
    const wrong = group.length > 0 && !name.startsWith('-') ? typed.slice(0, 2).join(' ') : name
    terminal.printError(`authscript: ${unknown(wrong)}; see "authscript --help"`)
    return 2
  }
  const command = await entry.load()
  const given = typed.slice(words)
  if (asksForHelp || optionsOf(given).some(isHelp)) {
    terminal.print(helpOf(command))
    return 0
  }
  return execute(command, given, terminal)
}

const find = (words: readonly string[]) => commands.find((one) => one.name === words.join(' '))

async function execute(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await command.execute(args, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.printError(
        `authscript ${command.name}: ${error.message}; see "authscript ${command.name} --help"`,
      )
      return 2
    }
    const { code, reason } = explainFailure(error)
    terminal.printError(`authscript ${command.name}: ${reason} [${code}]`)
    return 1
  }
}

const isHelp = (argument: string) => argument === '--help' || argument === '-h'

/** What follows `--` is no option. */
function optionsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  return end === -1 ? args : args.slice(0, end)
}

function unknown(name: string): string {
  const isOption = name.startsWith('-')
  const known = isOption ? ['--help', '--version'] : commands.map((one) => one.name)
  const nearest = nearestName(name, known)
  const what = isOption ? `unknown option ${name}` : `unknown command "${name}"`
  return nearest === undefined
    ? what
    : `${what} (did you mean ${isOption ? nearest : `"${nearest}"`}?)`
}
