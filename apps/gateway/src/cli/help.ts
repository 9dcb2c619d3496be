import type { Command, Option } from './command.ts'
import { commands } from './commands.ts'

/** The list of commands, or of some. */
export function overview(listed: typeof commands = commands): string {
  return [
    'Usage: authscript <command> [options]',
    '',
    'Operates an AuthScript Gateway.',
    '',
    'Commands:',
    ...table(listed.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...table([
      ['-h, --help', 'show this help'],
      ['--version', 'show the version'],
    ]),
    '',
    'authscript <command> --help describes one command.',
  ].join('\n')
}

export function helpOf({ name, description, positionals, options, examples }: Command): string {
  const listed = Object.entries(options)
  const required = listed
    .filter(([, option]) => option.required === true)
    .map(([option, shape]) => withPlaceholder(option, shape))
  const usage = ['authscript', name, ...positionals.map((one) => one.name), ...required]
  return [
    `Usage: ${usage.join(' ')} [options]`,
    '',
    description,
    ...section(
      'Arguments:',
      positionals.map((one) => [one.name, one.description]),
    ),
    ...section('Options:', [
      ...listed.map(([option, shape]): readonly [string, string] => [
        withPlaceholder(option, shape),
        `${shape.description}${noteOf(shape)}`,
      ]),
      ['-h, --help', 'show this help'],
    ]),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n')
}

const withPlaceholder = (name: string, { placeholder }: Option) =>
  placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`

function noteOf({ required, multiple, default: value }: Option): string {
  const notes = [
    ...(required === true ? ['required'] : []),
    ...(multiple === true ? ['may be repeated'] : []),
    ...(value === undefined || value === false ? [] : [`default: ${String(value)}`]),
  ]
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)]
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
