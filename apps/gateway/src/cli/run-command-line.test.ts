import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import gatewayPackage from '../../package.json' with { type: 'json' }
import { commands } from './commands.ts'
import { runCommandLine } from './run-command-line.ts'

async function authscript(...args: readonly string[]) {
  const printed: string[] = []
  const problems: string[] = []
  const code = await runCommandLine(args, {
    print: (text) => printed.push(text),
    printError: (text) => problems.push(text),
  })
  return { code, printed: printed.join('\n'), problems: problems.join('\n') }
}

describe('the help of authscript', () => {
  it.each([['--help'], ['-h'], ['help']])('lists every command for %s', async (argument) => {
    const { code, printed, problems } = await authscript(argument)

    expect(code).toBe(0)
    expect(problems).toBe('')
    for (const { name, summary } of commands) {
      expect(printed).toMatch(new RegExp(`^  ${name} +`, 'm'))
      expect(printed).toContain(summary)
    }
  })

  it('lists the commands as a problem when none is named', async () => {
    const { code, printed, problems } = await authscript()

    expect([code, printed]).toEqual([2, ''])
    expect(problems).toContain('Usage: authscript <command>')
  })

  it.each(commands.map(({ name }) => [name]))(
    'of %s shows every option with its description, and an example',
    async (name) => {
      const { options } = (await commands.find((one) => one.name === name)?.load()) ?? {}

      const { code, printed } = await authscript(name, '--help')

      expect(code).toBe(0)
      expect(printed).toMatch(new RegExp(`^Usage: authscript ${name} `))
      expect(printed).toMatch(new RegExp(`^Examples?:\\n  .*authscript ${name}(?: |$)`, 'm'))
      for (const [option, { description }] of Object.entries(options ?? {})) {
        expect(printed).toContain(`--${option}`)
        expect(printed).toContain(description)
      }
      expect(await authscript('help', name)).toMatchObject({ code: 0, printed })
    },
  )

  it('is for commands that docs/operations.md names', () => {
    const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')
    // `user …` stands for all that begin with it.
    const isNamed = (name: string) =>
      [name, `${name.split(' ')[0]} …`].some((one) => page.includes(`\`${one}\``))

    expect(commands.map(({ name }) => name).filter((name) => !isNamed(name))).toEqual([])
  })

  it.each(['README.md', 'docs/operations.md', 'docs/ehrs.md', 'docs/audit.md'])(
    'exists for every command in %s',
    (document) => {
      const page = readFileSync(new URL(`../../../../${document}`, import.meta.url), 'utf8')
      const typed = [...page.matchAll(/npx authscript ([a-z][a-z-]*)/g)].map(([, word]) => word)
      const firstWords = new Set(commands.map(({ name }) => name.split(' ')[0]))

      expect(typed.length).toBeGreaterThan(0)
      expect(typed.filter((word) => !firstWords.has(word))).toEqual([])
    },
  )

  it('shows defaults', async () => {
    expect((await authscript('backup', '--help')).printed).toContain(
      '(default: gateway.config.json)',
    )
  })

  it('is asked for only before --', async () => {
    expect(await authscript('migrate-to', '--', '--help')).toMatchObject({ code: 2 })
  })
})

it('authscript --version prints the version', async () => {
  expect(await authscript('--version')).toEqual({
    code: 0,
    printed: gatewayPackage.version,
    problems: '',
  })
})

describe('wrong usage ends with 2 and one sentence', () => {
  it.each([
    { args: ['bakup'], says: 'authscript: unknown command "bakup" (did you mean "backup"?)' },
    { args: ['xyzzy'], says: 'authscript: unknown command "xyzzy"' },
    { args: ['--verison'], says: 'authscript: unknown option --verison (did you mean --version?)' },
    {
      args: ['backup', 'FILE', '--conifg', 'x'],
      says: 'authscript backup: unknown option --conifg (did you mean --config?)',
    },
    { args: ['backup', 'FILE', '-c'], says: 'authscript backup: unknown option -c' },
    { args: ['backup'], says: 'authscript backup: FILE is missing' },
    { args: ['backup', 'a', 'b'], says: 'authscript backup: it takes FILE and nothing more' },
    { args: ['backup', 'a', '--config'], says: 'authscript backup: --config needs a value: FILE' },
    {
      args: ['ehr-key', '--remove', '--add'],
      says: 'authscript ehr-key: --remove needs a value: KEY_ID',
    },
    { args: ['ehr-key', 'f', '--add=yes'], says: 'authscript ehr-key: --add takes no value' },
    {
      args: ['ehr-check', '--practice', '1'],
      says: 'authscript ehr-check: --patient is required',
    },
    {
      args: ['credential', '--practice', '1', '--role', 'opertor'],
      says: 'authscript credential: unknown role "opertor" (did you mean "operator"?)',
    },
    ...[
      ['credential'],
      ['user', 'add', 'a.okafor', '--name', 'A', '--role', 'staff'],
      ['user', 'grant', 'a.okafor'],
      ['ehr-check', '--patient', 'p'],
    ].map((command) => ({
      args: [...command, '--practice', '*'],
      says: `authscript ${command.slice(0, command[0] === 'user' ? 2 : 1).join(' ')}: --practice "*": no sign stands for all practices; to give all, list the id of each`,
    })),
    {
      args: ['credential', '--practice', '195900,195901'],
      says: 'authscript credential: --practice "195900,195901": a practice id has letters, digits and "-" only, at most 64 characters; list each practice by itself',
    },
    {
      args: ['credential', '--practice', '1', '--practice', ' '],
      says: 'authscript credential: --practice " ": a practice id has letters, digits and "-" only, at most 64 characters; list each practice by itself',
    },
    {
      args: ['migrate-to', 'https://user:hush@host/x'],
      says: 'authscript migrate-to: URL must begin with postgres://',
    },
  ])('for $args', async ({ args, says }) => {
    const { code, printed, problems } = await authscript(...args)

    expect([code, printed]).toEqual([2, ''])
    expect(problems.startsWith(`${says};`)).toBe(true)
    expect(problems).toMatch(/; see "authscript ([\w -]+ )?--help"$/)
    expect(problems).not.toContain('\n')
  })
})

it('authscript credential prints a key once and the entry that knows only its hash', async () => {
  const { code, printed } = await authscript(
    ...['credential', '--practice', '1', '--practice', ' 2 ', '--label', 'desk'],
    ...['--role', 'service'],
  )

  const key = /^key \(shown once\): (\S+)$/m.exec(printed)?.[1] ?? ''
  const entry = JSON.parse(/gateway\.config\.json: (.*)$/m.exec(printed)?.[1] ?? '')
  expect(code).toBe(0)
  expect(key.length).toBeGreaterThan(20)
  expect(JSON.stringify(entry)).not.toContain(key)
  expect(entry).toMatchObject({ Label: 'desk', Roles: ['service'], Practices: ['1', '2'] })
})
