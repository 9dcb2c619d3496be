import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findBannedWords } from './banned-words.ts'

const code = 'apps/gateway/src/jobs/lease.ts'

describe('a banned word', () => {
  it.each([
    { where: 'in prose', file: 'docs/a.md', text: 'One.\n\nIt happens anew.', line: 3 },
    { where: 'in a comment', file: code, text: '/** For ever. */', line: 1 },
    { where: 'in camelCase', file: code, text: 'a\nconst giveBackDelayMs = 1', line: 2 },
    { where: 'in PascalCase', file: code, text: 'class TicketQueue {}', line: 1 },
    { where: 'after capitals', file: code, text: 'const theHTTPTicket = 1', line: 1 },
    { where: 'in snake_case', file: code, text: "'ticket_count'", line: 1 },
    {
      where: 'in a template of a .tsx',
      file: 'apps/a/b.tsx',
      text: '<p>\n  Ticket\n</p>',
      line: 2,
    },
    {
      where: 'in an attribute of a .tsx',
      file: 'apps/a/b.tsx',
      text: '<i alt="a ticket" />',
      line: 1,
    },
    { where: 'across lines', file: code, text: '// we give\n// back a lease', line: 1 },
    { where: 'across lines of a list', file: 'docs/a.md', text: '* give\n  back', line: 1 },
    { where: 'for continuing', file: code, text: '// The others go on.', line: 1 },
    { where: 'for what comes earlier', file: code, text: 'twice the one before', line: 1 },
  ])('is found $where', ({ file, text, line }) => {
    expect(findBannedWords(file, text)).toEqual([expect.objectContaining({ file, line })])
  })

  it('is found in the name of a file and of a folder', () => {
    for (const file of ['packages/a/src/give-back.ts', 'apps/tickets/a.ts', 'apps/a/TicketRow.tsx'])
      expect(findBannedWords(file, '')).toEqual([expect.objectContaining({ line: 0 })])
  })

  it('is found as often as it is there, with what to write instead, in order of lines', () => {
    expect(findBannedWords('docs/a.md', 'hence\nlest\nhence')).toEqual([
      { file: 'docs/a.md', line: 1, found: 'hence', instead: 'so, from there' },
      { file: 'docs/a.md', line: 2, found: 'lest', instead: 'so that … not' },
      { file: 'docs/a.md', line: 3, found: 'hence', instead: 'so, from there' },
    ])
  })
})

describe('a word is allowed', () => {
  it.each([
    { why: 'as a part of another', file: code, text: 'the leasing, ticketing, henceforth' },
    { why: 'in a sentence with an allowed meaning', file: code, text: 'by the wall clock' },
    { why: 'for what is printed', file: code, text: 'what goes on the form' },
    { why: 'as clinical English in clinical text', file: 'tools/evaluate/a.ts', text: 'his visit' },
    {
      why: 'as a label of the screen for clinicians',
      file: 'apps/dashboard/src/a.tsx',
      text: '<h1>Signed visits</h1>',
    },
  ])('$why', ({ file, text }) => {
    expect(findBannedWords(file, text)).toEqual([])
  })

  it('only there: neither as an identifier of the screen nor in other code', () => {
    expect(findBannedWords('apps/dashboard/src/a.tsx', 'const visit = 1')).toHaveLength(1)
    expect(findBannedWords(code, '// the office visit')).toHaveLength(1)
    expect(findBannedWords('tools/evaluate/a.ts', '// anew')).toHaveLength(1)
  })
})

it('fails the check of the tracked files, with file and line, until it is gone', () => {
  const root = mkdtempSync(join(tmpdir(), 'words-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const checks = join(root, 'tools/checks')
  mkdirSync(checks, { recursive: true })
  for (const name of ['words.ts', 'banned-words.ts'])
    cpSync(join(import.meta.dirname, name), join(checks, name))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  write('docs/a.md', 'Plain.\n')
  write('docs/b.md', 'One line.\nDone anew.\n')
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root })
  git('init', '--quiet')
  git('add', '.')
  const check = () =>
    execFileSync(process.execPath, [join(checks, 'words.ts')], { encoding: 'utf8', stdio: 'pipe' })

  expect(check).toThrow(/docs\/b\.md:2: "anew" \(instead: again\)/)
  write('docs/b.md', 'One line.\nDone again.\n')
  expect(check()).toContain('0 banned words')
})
